/** Keeps tfjs' WebGL convolutions from an im2col matrix that they get wrong. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Values that the matrix may have. With WEBGL_USE_SHAPES_UNIFORMS, tfjs 4.22
 * computes wrong values where a texture does not take the matrix as it is:
 * where textures have 8,192 cells (of 2 x 2 values) a side, from 54 Mi values
 * (and right ones from 47 Mi), or with 19,650 rows. Well below, since other
 * GPUs differ; a side may have as many values as a texture has cells.
 */
const LARGEST = 16 * 1024 * 1024;

/**
 * Runs a convolution with `filter` (h, w, in, out) that gives `cells` (n h w)
 * outputs a channel; a large one on WebGL without im2col.
 */
export function withBoundedIm2col<T>(cells: number, filter: Tensor4D, convolve: () => T): T {
  const [h, w, channels] = filter.shape;
  if (tf.getBackend() !== 'webgl' || fits(cells, h * w * channels)) {
    return convolve();
  }
  const before = tf.env().getBool('WEBGL_CONV_IM2COL');
  tf.env().set('WEBGL_CONV_IM2COL', false);
  try {
    return convolve();
  } finally {
    tf.env().set('WEBGL_CONV_IM2COL', before);
  }
}

function fits(rows: number, columns: number): boolean {
  return rows * columns <= LARGEST && Math.max(rows, columns) <= tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
}
