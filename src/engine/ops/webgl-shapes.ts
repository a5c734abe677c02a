/** Keeps tfjs' WebGL shaders from shapes that they get wrong. */
import * as tf from '@tensorflow/tfjs-core';

const FLAG = 'WEBGL_USE_SHAPES_UNIFORMS';

/** Operations whose output may have many more rows than their input. */
const GROWING: ReadonlySet<string> = new Set(['conv2dTranspose', 'pad', 'resizing', 'upSampling2d', 'zeroPadding2d']);
const GROWTH = 16;

/** Rows of a tensor as a matrix of its last axis. */
const rowsOf = (shape: readonly number[]): number => shape.slice(0, -1).reduce((a, b) => a * b, 1);

/**
 * Runs an operation on tensors of these shapes. With one shader for all shapes
 * (see webgl-flags), tfjs 4.22 takes one that was made for few rows for a
 * tensor that has more rows than a texture, and reads the wrong cells; such
 * operations get shaders of their own.
 */
export function withSafeShapes<T>(op: string, shapes: readonly (readonly number[])[], run: () => T): T {
  if (tf.getBackend() !== 'webgl') {
    return run();
  }
  const rows = Math.max(0, ...shapes.map(rowsOf)) * (GROWING.has(op) ? GROWTH : 1);
  if (rows <= tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE') || !tf.env().getBool(FLAG)) {
    return run();
  }
  tf.env().set(FLAG, false);
  try {
    return run();
  } finally {
    tf.env().set(FLAG, true);
  }
}
