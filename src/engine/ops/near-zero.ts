/**
 * Functions that are near 0 where their argument is. tfjs' shaders compute them as a difference from 1, right to 6e-8
 * of 1, so that of 1e-4 the fourth digit is wrong: there, power series (Abramowitz and Stegun 4.1.24, 4.2.1, 4.5.62,
 * 4.5.64) take their place. Each series leaves out less than 5e-8 of the value.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { choose } from './choose';

/** Of terms of x: the product of x and the polynomial of `of`, lowest first. */
function series(x: Tensor, of: Tensor, coefficients: readonly number[]): Tensor {
  const polynomial = coefficients.reduceRight<Tensor | null>(
    (sum, coefficient) => (sum ? tf.add(tf.mul(sum, of), coefficient) : tf.fill(of.shape, coefficient)),
    null
  );
  return tf.mul(x, polynomial!);
}

/** `plain`, but where |x| is below `limit` on WebGL `near`. */
function unlessNear(x: Tensor, limit: number, plain: Tensor, near: (x: Tensor) => Tensor): Tensor {
  return tf.getBackend() === 'webgl' ? choose(tf.less(tf.abs(x), limit), near(x), plain) : plain;
}

export const tanh = (x: Tensor): Tensor =>
  unlessNear(x, 0.25, tf.tanh(x), near => series(near, tf.square(near), [1, -1 / 3, 2 / 15, -17 / 315, 62 / 2835]));

export const sinh = (x: Tensor): Tensor =>
  unlessNear(x, 0.5, tf.sinh(x), near => series(near, tf.square(near), [1, 1 / 6, 1 / 120, 1 / 5040]));

export const expm1 = (x: Tensor): Tensor =>
  unlessNear(x, 0.25, tf.expm1(x), near => series(near, near, [1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720]));

export const log1p = (x: Tensor): Tensor =>
  unlessNear(x, 0.1, tf.log1p(x), near => series(near, near, [1, -1 / 2, 1 / 3, -1 / 4, 1 / 5, -1 / 6, 1 / 7]));
