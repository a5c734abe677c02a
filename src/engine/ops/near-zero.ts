/**
 * Functions that are near 0 where their argument is. tfjs' backends compute some as a difference from 1, right to 6e-8
 * of 1, so that of 1e-4 the fourth digit is wrong: there, power series (Abramowitz and Stegun 4.1.24, 4.2.1, 4.5.62,
 * 4.5.64, 4.6.31, 4.6.33, 7.1.5) take their place. Each series leaves out less than 5e-8 of the value.
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

/** Of odd functions: the coefficients of x, x cubed and so on. */
const odd = (x: Tensor, coefficients: readonly number[]): Tensor => series(x, tf.square(x), coefficients);

/** `plain`, but where |x| is below `limit` on these backends `near`. */
function unlessNear(
  x: Tensor,
  limit: number,
  plain: (x: Tensor) => Tensor,
  near: (x: Tensor) => Tensor,
  backends: readonly string[] = ['webgl']
): Tensor {
  return backends.includes(tf.getBackend()) ? choose(tf.less(tf.abs(x), limit), near(x), plain(x)) : plain(x);
}

export const tanh = (x: Tensor): Tensor =>
  unlessNear(x, 0.25, tf.tanh, near => odd(near, [1, -1 / 3, 2 / 15, -17 / 315, 62 / 2835]));

export const sinh = (x: Tensor): Tensor =>
  unlessNear(x, 0.5, tf.sinh, near => odd(near, [1, 1 / 6, 1 / 120, 1 / 5040]));

export const expm1 = (x: Tensor): Tensor =>
  unlessNear(x, 0.25, tf.expm1, near => series(near, near, [1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720]));

/** By the logarithm, which is NaN below 0: tfjs' shader of log1p is not sure to be. */
export const log1p = (x: Tensor): Tensor =>
  unlessNear(
    x,
    0.1,
    far => (tf.getBackend() === 'cpu' ? tf.log1p(far) : tf.log(tf.add(far, 1))),
    near => series(near, near, [1, -1 / 2, 1 / 3, -1 / 4, 1 / 5, -1 / 6, 1 / 7]),
    ['webgl', 'wasm']
  );

/** From that of |x|, as tfjs' sums x and a root, which cancel each other where x is far below 0. */
export const asinh = (x: Tensor): Tensor =>
  unlessNear(
    x,
    0.25,
    far => tf.mul(sign(far), tf.asinh(tf.abs(far))),
    near => odd(near, [1, -1 / 6, 3 / 40, -15 / 336, 105 / 3456])
  );

export const atanh = (x: Tensor): Tensor =>
  unlessNear(x, 0.25, tf.atanh, near => odd(near, [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11]));

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
const ERROR = [1, -1 / 3, 1 / 10, -1 / 42, 1 / 216, -1 / 1320, 1 / 9360, -1 / 75600, 1 / 685440, -1 / 6894720];

/** tfjs' formula (7.1.26) is right to 1.5e-7 of 1. */
export const erf = (x: Tensor): Tensor =>
  unlessNear(x, 1, tf.erf, near => tf.mul(TWO_OVER_ROOT_PI, odd(near, ERROR)), ['webgl', 'cpu']);

/** tfjs' WASM takes numbers below its epsilon for 0. */
export const sign = (x: Tensor): Tensor =>
  tf.getBackend() === 'wasm' ? tf.sub(tf.step(x), tf.step(tf.neg(x))) : tf.sign(x);
