/**
 * Functions of each value, as keras.ops has them: attribute `function` names
 * one, further attributes are its arguments. Derivatives at kinks are TensorFlow's.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { message, MessageError } from '../../../messages/message';
import { asinh, atanh, erf, expm1, log1p, sign, sinh } from '../near-zero';
import { type Op, savesInputs } from '../op';
import { asNumber, isTrue, whereSome } from '../truth';
import { bessel0, bessel1, inverseError } from './special-functions';

interface ElementFunction {
  apply(x: Tensor, attributes: Attributes): Tensor;
  /** The derivative at x; absent where it is zero throughout. */
  slope?(x: Tensor, attributes: Attributes): Tensor;
  /** True if TensorFlow has no gradient where there is none behind it, however steep the slope. */
  guarded?: boolean;
}

/** pi in two parts, of which the first has few digits: whole multiples of it are exact. */
const PI_HIGH = 3.140625;
const PI_LOW = Math.PI - PI_HIGH;

/** Taylor's coefficients of sin(r) / r in powers of the square of r; the last is below float32's digits at pi / 2. */
const SINE = [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800];

/** sin, which GPUs compute to three digits only: brought to -pi / 2 .. pi / 2, and there by its series. */
function sine(x: Tensor): Tensor {
  const turns = tf.round(tf.div(x, Math.PI));
  const r = tf.sub(tf.sub(x, tf.mul(turns, PI_HIGH)), tf.mul(turns, PI_LOW));
  const square = tf.square(r);
  const series = SINE.reduceRight<Tensor>((sum, c) => tf.add(tf.mul(sum, square), c), tf.scalar(0));
  const side = tf.sub(1, tf.mul(2, tf.mod(turns, 2)));
  return tf.mul(side, tf.mul(r, series));
}

const cosine = (x: Tensor): Tensor => sine(tf.add(x, Math.PI / 2));

const tangent = (x: Tensor): Tensor => tf.div(sine(x), cosine(x));

const exponent = (attributes: Attributes) => numberOf(attributes, 'exponent', 1);

/** x to a whole power by multiplication: the power of some backends takes logarithms, and loses digits or signs. */
function power(x: Tensor, to: number): Tensor {
  if (to === 0) {
    return tf.onesLike(x);
  }
  if (Number.isInteger(to) && Math.abs(to) <= 8) {
    const whole = Array<Tensor>(Math.abs(to)).fill(x);
    const product = whole.reduce((a, b) => tf.mul(a, b));
    return to < 0 ? tf.div(1, product) : tf.clone(product);
  }
  return to === 0.5 ? tf.sqrt(x) : tf.pow(x, to);
}

const low = (attributes: Attributes) => numberOf(attributes, 'low', -Infinity);
const high = (attributes: Attributes) => numberOf(attributes, 'high', Infinity);

const FUNCTIONS: Readonly<Record<string, ElementFunction>> = {
  identity: { apply: x => tf.clone(x), slope: x => tf.onesLike(x) },
  abs: { apply: x => tf.abs(x), slope: sign },
  sqrt: { apply: x => tf.sqrt(x), slope: x => tf.div(0.5, tf.sqrt(x)), guarded: true },
  rsqrt: { apply: x => tf.rsqrt(x), slope: x => tf.mul(-0.5, tf.div(tf.rsqrt(x), x)), guarded: true },
  log: { apply: x => tf.log(x), slope: x => tf.reciprocal(x) },
  log1p: { apply: log1p, slope: x => tf.reciprocal(tf.add(x, 1)) },
  expm1: { apply: expm1, slope: x => tf.exp(x) },
  sin: { apply: sine, slope: cosine },
  cos: { apply: cosine, slope: x => tf.neg(sine(x)) },
  erf: { apply: erf, slope: x => tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x)))) },
  erfinv: {
    apply: inverseError,
    slope: x => tf.mul(Math.sqrt(Math.PI) / 2, tf.exp(tf.square(inverseError(x))))
  },
  i0: { apply: bessel0, slope: bessel1 },
  tan: { apply: tangent, slope: x => tf.add(1, tf.square(tangent(x))) },
  sinh: { apply: sinh, slope: x => tf.cosh(x) },
  cosh: { apply: x => tf.cosh(x), slope: x => sinh(x) },
  asin: { apply: x => tf.asin(x), slope: x => tf.rsqrt(tf.sub(1, tf.square(x))) },
  // From atan2, which GPUs compute to all digits.
  acos: {
    apply: x => tf.atan2(tf.sqrt(tf.sub(1, tf.square(x))), x),
    slope: x => tf.neg(tf.rsqrt(tf.sub(1, tf.square(x))))
  },
  atan: { apply: x => tf.atan(x), slope: x => tf.reciprocal(tf.add(1, tf.square(x))) },
  asinh: { apply: asinh, slope: x => tf.rsqrt(tf.add(tf.square(x), 1)) },
  acosh: { apply: x => tf.acosh(x), slope: x => tf.rsqrt(tf.sub(tf.square(x), 1)) },
  atanh: { apply: atanh, slope: x => tf.reciprocal(tf.sub(1, tf.square(x))) },
  log2: { apply: x => tf.mul(Math.LOG2E, tf.log(x)), slope: x => tf.div(Math.LOG2E, x) },
  log10: { apply: x => tf.mul(Math.LOG10E, tf.log(x)), slope: x => tf.div(Math.LOG10E, x) },
  exp2: { apply: x => tf.exp(tf.mul(Math.LN2, x)), slope: x => tf.mul(Math.LN2, tf.exp(tf.mul(Math.LN2, x))) },
  /** Towards zero, as a cast to whole numbers. */
  trunc: { apply: x => tf.mul(sign(x), tf.floor(tf.abs(x))) },
  truth: { apply: x => asNumber(isTrue(x)) },
  logical_not: { apply: x => asNumber(tf.equal(x, 0)) },
  isnan: { apply: x => asNumber(tf.isNaN(x)) },
  isinf: { apply: x => asNumber(tf.isInf(x)) },
  isfinite: { apply: x => asNumber(tf.isFinite(x)) },
  zeros_like: { apply: x => tf.zerosLike(x) },
  ones_like: { apply: x => tf.onesLike(x) },
  /** Attribute `value`. */
  fill: { apply: (x, a) => tf.fill(x.shape, numberOf(a, 'value', 0)) },
  reciprocal: { apply: x => tf.reciprocal(x), slope: x => tf.neg(tf.reciprocal(tf.square(x))) },
  sign: { apply: sign },
  floor: { apply: x => tf.floor(x) },
  ceil: { apply: x => tf.ceil(x) },
  round: { apply: x => tf.round(x) },
  power: {
    apply: (x, a) => power(x, exponent(a)),
    slope: (x, a) => (exponent(a) === 0 ? tf.zerosLike(x) : tf.mul(exponent(a), power(x, exponent(a) - 1)))
  },
  /** Attributes `low` and `high`; both ends let the gradient through. */
  clip: {
    apply: (x, a) => tf.clipByValue(x, low(a), high(a)),
    slope: (x, a) => tf.cast(tf.logicalAnd(tf.greaterEqual(x, low(a)), tf.lessEqual(x, high(a))), 'float32')
  }
};

function functionOf(attributes: Attributes): ElementFunction {
  const name = stringOf(attributes, 'function', '');
  if (!Object.hasOwn(FUNCTIONS, name)) {
    throw new MessageError(message('the function "%1" is not known to GradLens', name));
  }
  return FUNCTIONS[name];
}

export const elementFunction: Op = {
  forward: ([x], { attributes }) => functionOf(attributes).apply(x, attributes),
  backward(dy, { attributes, inputs: [x] }) {
    const { slope, guarded } = functionOf(attributes);
    if (!slope) {
      // Not zeros, which before an infinite slope would become NaN.
      return [null];
    }
    const dx = tf.mul(dy, slope(x, attributes));
    return [guarded ? whereSome(dy, dx) : dx];
  },
  saves: savesInputs
};
