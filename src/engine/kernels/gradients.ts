/**
 * Gradients that tfjs' kernels give in several passes over memory,
 * or not at all. Each is null where there are no kernels.
 */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { blank, kernels, pointerTo } from './module';
import type { WindowAxis, Windows } from './windows';

/** dy where 0 < y < high, else 0; `guided`: only where dy is positive too. */
export function rectifierGradient(dy: Tensor, y: Tensor, high: number, guided: boolean): Tensor {
  const native = kernels();
  if (!native) {
    const above = tf.step(y);
    const open = high === Infinity ? above : tf.mul(above, tf.step(tf.sub(high, y)));
    return tf.mul(guided ? tf.relu(dy) : dy, open);
  }
  const dx = blank(dy.shape);
  native.rectifierGradient(pointerTo(dy), pointerTo(y), high, Number(guided), pointerTo(dx), dy.size);
  return dx;
}

const geometry = (axis: WindowAxis): [window: number, stride: number, before: number] => [
  axis.window,
  axis.stride,
  axis.before
];

/** Of a max pooling of x, or null. */
export function maxPoolGradient(x: Tensor4D, dy: Tensor4D, { rows, columns }: Windows): Tensor4D | null {
  const native = kernels();
  const [images, h, w, channels] = x.shape;
  if (!native || channels % 4 !== 0) {
    return null;
  }
  const dx = tf.zeros<tf.Rank.R4>([images, h, w, channels]);
  const [[kh, down, top], [kw, across, left]] = [geometry(rows), geometry(columns)];
  for (let image = 0; image < images; image++) {
    const at = 4 * image * h * w * channels;
    const from = pointerTo(dy) + 4 * image * rows.output * columns.output * channels;
    native.maxPoolGradient(
      pointerTo(x) + at,
      h,
      w,
      channels,
      from,
      rows.output,
      columns.output,
      kh,
      kw,
      down,
      across,
      top,
      left,
      pointerTo(dx) + at
    );
  }
  return dx;
}

/** Of an average pooling of a tensor of this shape, or null. */
export function averagePoolGradient(
  [images, h, w, channels]: number[],
  dy: Tensor4D,
  { rows, columns }: Windows
): Tensor4D | null {
  const native = kernels();
  if (!native || channels % 4 !== 0) {
    return null;
  }
  const dx = tf.zeros<tf.Rank.R4>([images, h, w, channels]);
  const [[kh, down, top], [kw, across, left]] = [geometry(rows), geometry(columns)];
  for (let image = 0; image < images; image++) {
    const from = pointerTo(dy) + 4 * image * rows.output * columns.output * channels;
    native.averagePoolGradient(
      h,
      w,
      channels,
      from,
      rows.output,
      columns.output,
      kh,
      kw,
      down,
      across,
      top,
      left,
      pointerTo(dx) + 4 * image * h * w * channels
    );
  }
  return dx;
}

/** Of a depthwise convolution of depth multiplier 1 at its input of this shape, or null. */
export function depthwiseGradient(
  [images, h, w, channels]: number[],
  dy: Tensor4D,
  filter: Tensor4D,
  { rows, columns }: Windows
): Tensor4D | null {
  const native = kernels();
  if (!native || channels % 4 !== 0 || filter.shape[3] !== 1) {
    return null;
  }
  const dx = blank<Tensor4D>([images, h, w, channels]);
  const [[kh, down, top], [kw, across, left]] = [geometry(rows), geometry(columns)];
  for (let image = 0; image < images; image++) {
    const from = pointerTo(dy) + 4 * image * rows.output * columns.output * channels;
    native.depthwiseGradient(
      from,
      rows.output,
      columns.output,
      pointerTo(filter),
      kh,
      kw,
      down,
      across,
      rows.dilation,
      columns.dilation,
      top,
      left,
      pointerTo(dx) + 4 * image * h * w * channels,
      h,
      w,
      channels
    );
  }
  return dx;
}
