/** Normalisations that depend on the values: LayerNormalization; and scaling by constants. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, numberOf, numbersOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, type OpContext, savesInputs, savesNothing } from '../op';

function axesOf(attributes: Attributes, rank: number): number[] {
  return numbersOf(attributes, 'axis', [-1]).map(axis => axisOf(axis, rank));
}

/** gamma or beta in a shape that broadcasts against the input. */
function parameter(role: string, shape: number[], axes: number[], context: OpContext): Tensor | null {
  if (!context.hasWeight(role)) {
    return null;
  }
  return tf.reshape(
    context.weight(role),
    shape.map((size, i) => (axes.includes(i) ? size : 1))
  );
}

function normalised(x: Tensor, axes: number[], attributes: Attributes): { unit: Tensor; inverse: Tensor } {
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const variance = tf.mean(tf.square(centred), axes, true);
  const inverse = tf.rsqrt(tf.add(variance, numberOf(attributes, 'epsilon', 1e-3)));
  return { unit: tf.mul(centred, inverse), inverse };
}

/** Ba, Kiros and Hinton 2016: normalised over `axis`, then gamma and beta. */
export const layerNormalization: Op = {
  forward([x], context) {
    const axes = axesOf(context.attributes, x.shape.length);
    const gamma = parameter('gamma', x.shape, axes, context);
    const beta = parameter('beta', x.shape, axes, context);
    const { unit } = normalised(x, axes, context.attributes);
    const scaled = gamma ? tf.mul(unit, gamma) : unit;
    return beta ? tf.add(scaled, beta) : scaled;
  },
  backward(dy, context) {
    const [x] = context.inputs;
    const axes = axesOf(context.attributes, x.shape.length);
    const gamma = parameter('gamma', x.shape, axes, context);
    const { unit, inverse } = normalised(x, axes, context.attributes);
    const g = gamma ? tf.mul(dy, gamma) : dy;
    const along = tf.mul(unit, tf.mean(tf.mul(g, unit), axes, true));
    return [tf.mul(inverse, tf.sub(tf.sub(g, tf.mean(g, axes, true)), along))];
  },
  saves: savesInputs
};

/** Rescaling: x * scale + offset, constants of the config. */
export const rescaling: Op = {
  forward: ([x], { attributes }) =>
    tf.add(tf.mul(x, constant(attributes, 'scale', 1)), constant(attributes, 'offset', 0)),
  backward: (dy, { attributes }) => [tf.mul(dy, constant(attributes, 'scale', 1))],
  saves: savesNothing
};

function constant(attributes: Attributes, key: string, otherwise: number): Tensor {
  const values = numbersOf(attributes, key, [otherwise]);
  return values.length === 1 ? tf.scalar(values[0]) : tf.tensor1d(values);
}

/** LayerScale: x * gamma. */
export const layerScale: Op = {
  forward: ([x], context) => tf.mul(x, context.weight('gamma')),
  backward: (dy, context) => [tf.mul(dy, context.weight('gamma'))],
  saves: savesNothing
};

/** CustomScaleLayer of InceptionResNetV2: the first input plus the second times `scale`. */
export const addScaled: Op = {
  forward: ([a, b], { attributes }) => tf.add(a, tf.mul(b, numberOf(attributes, 'scale', 1))),
  backward: (dy, { attributes }) => [tf.clone(dy), tf.mul(dy, numberOf(attributes, 'scale', 1))],
  saves: savesNothing
};
