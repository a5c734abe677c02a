/** Normalisations over parts of a sample other than LayerNormalization's. Channels are the last axis. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, numberOf, numbersOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, type OpContext, savesInputs } from '../op';

/** Axes of (n, cells, groups, channels of a group) that are normalised together. */
const AXES = [1, 3];

function grouped(x: Tensor, context: OpContext): Tensor {
  const channels = x.shape[x.shape.length - 1];
  const given = numberOf(context.attributes, 'groups', 32);
  const groups = given === -1 ? channels : given;
  return tf.reshape(x, [x.shape[0], x.size / x.shape[0] / channels, groups, channels / groups]);
}

function normalised(x: Tensor, context: OpContext): { unit: Tensor; inverse: Tensor } {
  const centred = tf.sub(x, tf.mean(x, AXES, true));
  const variance = tf.mean(tf.square(centred), AXES, true);
  const inverse = tf.rsqrt(tf.add(variance, numberOf(context.attributes, 'epsilon', 1e-3)));
  return { unit: tf.mul(centred, inverse), inverse };
}

const scaled = (x: Tensor, context: OpContext): Tensor =>
  context.hasWeight('gamma') ? tf.mul(x, context.weight('gamma')) : x;

/** Wu and He 2018: each group of channels has mean 0 and variance 1 over the whole sample. */
export const groupNormalization: Op = {
  forward([x], context) {
    const { unit } = normalised(grouped(x, context), context);
    const y = scaled(tf.reshape(unit, x.shape), context);
    return context.hasWeight('beta') ? tf.add(y, context.weight('beta')) : y;
  },
  backward(dy, context) {
    const { unit, inverse } = normalised(grouped(context.inputs[0], context), context);
    const g = grouped(scaled(dy, context), context);
    const along = tf.mul(unit, tf.mean(tf.mul(g, unit), AXES, true));
    return [tf.reshape(tf.mul(inverse, tf.sub(tf.sub(g, tf.mean(g, AXES, true)), along)), dy.shape)];
  },
  saves: savesInputs
};

/**
 * UnitNormalization: x over its Euclidean length along `axis`,
 * the square of which counts as `smallest_square` at least.
 */
export const unitNormalization: Op = {
  forward: ([x], { attributes }) => tf.mul(x, inverseLength(x, attributes).inverse),
  backward(dy, { attributes, inputs: [x] }) {
    const { inverse, axes, isFree } = inverseLength(x, attributes);
    const unit = tf.mul(x, inverse);
    // A length at its bound does not change with x.
    const along = tf.mul(isFree, tf.sum(tf.mul(dy, unit), axes, true));
    return [tf.mul(inverse, tf.sub(dy, tf.mul(unit, along)))];
  },
  saves: savesInputs
};

function inverseLength(x: Tensor, attributes: Attributes): { inverse: Tensor; axes: number[]; isFree: Tensor } {
  const axes = numbersOf(attributes, 'axis', [-1]).map(axis => axisOf(axis, x.shape.length));
  const square = tf.sum(tf.square(x), axes, true);
  const least = numberOf(attributes, 'smallest_square', 1e-24);
  return {
    inverse: tf.rsqrt(tf.maximum(square, least)),
    axes,
    isFree: tf.cast(tf.greater(square, least), 'float32')
  };
}

/** RMSNormalization (Zhang and Sennrich 2019): x over the root of its mean square along the last axes, times `scale`. */
export const rmsNormalization: Op = {
  forward([x], context) {
    return tf.mul(tf.mul(x, inverseRoot(x, context)), context.weight('scale'));
  },
  backward(dy, context) {
    const [x] = context.inputs;
    const inverse = inverseRoot(x, context);
    const unit = tf.mul(x, inverse);
    const g = tf.mul(dy, context.weight('scale'));
    return [tf.mul(inverse, tf.sub(g, tf.mul(unit, tf.mean(tf.mul(g, unit), rootAxes(x, context), true))))];
  },
  saves: savesInputs
};

const rootAxes = (x: Tensor, { attributes }: OpContext): number[] =>
  numbersOf(attributes, 'axis', [-1]).map(axis => axisOf(axis, x.shape.length));

function inverseRoot(x: Tensor, context: OpContext): Tensor {
  const square = tf.mean(tf.square(x), rootAxes(x, context), true);
  return tf.rsqrt(tf.add(square, numberOf(context.attributes, 'epsilon', 1e-6)));
}
