/** Keeps tfjs' WebGL convolutions from an im2col matrix that they get wrong. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/**
 * Values that the matrix may have. With WEBGL_USE_SHAPES_UNIFORMS, tfjs 4.22
 * computes wrong values from one of 54 Mi (and right ones from 47 Mi) where
 * textures have 8,192 cells a side; well below, since other GPUs differ.
 */
const LARGEST = 16 * 1024 * 1024;

/**
 * Runs a convolution with `filter` (h, w, in, out) that gives `cells` (n h w)
 * outputs a channel; a large one on WebGL without im2col.
 */
export function withBoundedIm2col<T>(cells: number, filter: Tensor4D, convolve: () => T): T {
  const [h, w, channels] = filter.shape;
  if (tf.getBackend() !== 'webgl' || cells * h * w * channels <= LARGEST) {
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
