/** Functions that no backend has, by series that are exact to single precision. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { choose } from '../choose';

/** A polynomial, its highest coefficient first. */
const polynomial = (x: Tensor, coefficients: readonly number[]): Tensor =>
  coefficients.reduce<Tensor>((sum, c) => tf.add(tf.mul(sum, x), c), tf.zerosLike(x));

/** In the middle and at the ends: Giles 2010, "Approximating the erfinv function". */
const MIDDLE = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941
];
const ENDS = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682
];

/** The inverse of the error function. */
export function inverseError(x: Tensor): Tensor {
  const size = tf.neg(tf.log(tf.mul(tf.sub(1, x), tf.add(1, x))));
  const isMiddle = tf.less(size, 5);
  const middle = polynomial(tf.sub(size, 2.5), MIDDLE);
  const ends = polynomial(tf.sub(tf.sqrt(tf.maximum(size, 5)), 3), ENDS);
  const inside = tf.mul(x, choose(isMiddle, middle, ends));
  // The series ends at an infinite size, where it has no value.
  return choose(tf.equal(tf.abs(x), 1), tf.div(x, tf.zerosLike(x)), inside);
}

/** Modified Bessel functions of the first kind: Abramowitz and Stegun 1964, 9.8.1 to 9.8.4. */
const I0_NEAR = [0.0045813, 0.0360768, 0.2659732, 1.2067492, 3.0899424, 3.5156229, 1];
const I0_FAR = [
  0.00392377, -0.01647633, 0.02635537, -0.02057706, 0.00916281, -0.00157565, 0.00225319, 0.01328592, 0.39894228
];
const I1_NEAR = [0.00032411, 0.00301532, 0.02658733, 0.15084934, 0.51498869, 0.87890594, 0.5];
const I1_FAR = [
  -0.00420059, 0.01787654, -0.02895312, 0.02282967, -0.01031555, 0.00163801, -0.00362018, -0.03988024, 0.39894228
];
/** Up to here the series near zero holds. */
const NEAR = 3.75;

function bessel(
  x: Tensor,
  near: readonly number[],
  far: readonly number[]
): { near: Tensor; far: Tensor; isNear: Tensor } {
  const size = tf.abs(x);
  const outer = tf.maximum(size, NEAR);
  return {
    isNear: tf.less(size, NEAR),
    near: polynomial(tf.square(tf.div(x, NEAR)), near),
    far: tf.mul(polynomial(tf.div(NEAR, outer), far), tf.div(tf.exp(outer), tf.sqrt(outer)))
  };
}

export function bessel0(x: Tensor): Tensor {
  const { isNear, near, far } = bessel(x, I0_NEAR, I0_FAR);
  return choose(isNear, near, far);
}

export function bessel1(x: Tensor): Tensor {
  const { isNear, near, far } = bessel(x, I1_NEAR, I1_FAR);
  return choose(isNear, tf.mul(x, near), tf.mul(tf.sign(x), far));
}
