/** The two reductions of Grad-CAM, without moving a tensor off the backend. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { blank, kernels, pointerTo } from './module';

/** (n, …, c) -> (n, c): the sum of each channel over its cells. */
export function channelSums(x: Tensor): Tensor {
  const { images, cells, channels } = sizesOf(x);
  const native = kernels();
  if (!native) {
    return tf.sum(tf.reshape(x, [images, cells, channels]), 1);
  }
  const sums = blank([images, channels]);
  const block = blank([channels]);
  for (let image = 0; image < images; image++) {
    native.channelSums(pointerTo(x) + 4 * image * cells * channels, cells, channels, pointerTo(sums) + 4 * image * channels, pointerTo(block));
  }
  block.dispose();
  return sums;
}

/** (n, …, c) and weights (n, c) -> (n, cells): each cell's channels times their weights, added up, times `scale`. */
export function weightedSums(x: Tensor, weights: Tensor, scale: number): Tensor {
  const { images, cells, channels } = sizesOf(x);
  const native = kernels();
  if (!native) {
    return tf.mul(tf.sum(tf.mul(tf.reshape(x, [images, cells, channels]), tf.expandDims(weights, 1)), 2), scale);
  }
  const sums = blank([images, cells]);
  for (let image = 0; image < images; image++) {
    const from = pointerTo(x) + 4 * image * cells * channels;
    native.weightedSums(from, pointerTo(weights) + 4 * image * channels, scale, cells, channels, pointerTo(sums) + 4 * image * cells);
  }
  return sums;
}

function sizesOf({ shape, size }: Tensor): { images: number; cells: number; channels: number } {
  const [images, channels] = [shape[0], shape[shape.length - 1]];
  return { images, channels, cells: size / (images * channels) };
}
