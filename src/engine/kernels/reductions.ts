/** The two reductions of Grad-CAM, without moving a tensor off the backend. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { blank, kernels, pointerTo } from './module';

/** (n, …, c) -> (n, c): the sum of each channel over its cells. */
export function channelSums(x: Tensor): Tensor {
  const { images, cells, channels } = sizesOf(x);
  const native = kernels();
  if (!native) {
    return tf.sum(x, spatialAxes(x));
  }
  const sums = blank([images, channels]);
  const block = blank([channels]);
  for (let image = 0; image < images; image++) {
    native.channelSums(
      pointerTo(x) + 4 * image * cells * channels,
      cells,
      channels,
      pointerTo(sums) + 4 * image * channels,
      pointerTo(block)
    );
  }
  block.dispose();
  return sums;
}

/** (n, …, c) and weights (n, c) -> (n, cells): each cell's channels times their weights, added up, times `scale`. */
export function weightedSums(x: Tensor, weights: Tensor, scale: number): Tensor {
  const { images, cells, channels } = sizesOf(x);
  const native = kernels();
  if (!native) {
    // On x as it is: of more rows than a texture has, tfjs 4.22 on WebGL multiplies (n, cells, c) wrongly.
    const spread = tf.reshape(weights, [images, ...spatialAxes(x).map(() => 1), channels]);
    return tf.reshape(tf.mul(tf.sum(tf.mul(x, spread), -1), scale), [images, cells]);
  }
  const sums = blank([images, cells]);
  for (let image = 0; image < images; image++) {
    const from = pointerTo(x) + 4 * image * cells * channels;
    native.weightedSums(
      from,
      pointerTo(weights) + 4 * image * channels,
      scale,
      cells,
      channels,
      pointerTo(sums) + 4 * image * cells
    );
  }
  return sums;
}

const spatialAxes = ({ shape }: Tensor): number[] => shape.slice(1, -1).map((_, i) => i + 1);

function sizesOf({ shape, size }: Tensor): { images: number; cells: number; channels: number } {
  const [images, channels] = [shape[0], shape[shape.length - 1]];
  return { images, channels, cells: size / (images * channels) };
}
