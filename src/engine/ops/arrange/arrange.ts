/** Operations that only move values: reshapes, transposes, padding, cropping. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, booleanOf, edgesOf, numberOf, numbersOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { padOrCrop } from '../../kernels/copies';
import { inverseOrder } from '../axes';
import { choose } from '../choose';
import { type Op, savesNothing } from '../op';

/** An op whose gradient is dy in the input's shape. */
function reshaping(shapeOf: (shape: number[], attributes: Attributes) => number[]): Op {
  return {
    forward: ([x], { attributes }) => tf.reshape(x, shapeOf(x.shape, attributes)),
    backward: (dy, { inputShapes: [shape] }) => [tf.reshape(dy, shape)],
    saves: savesNothing
  };
}

export const identity = reshaping(shape => shape);

/** Passes values on, and no gradient. */
export const stopGradient: Op = {
  forward: ([x]) => tf.clone(x),
  backward: (_dy, { inputShapes: [shape] }) => [tf.zeros(shape)],
  saves: savesNothing
};

export const flatten = reshaping(shape => [shape[0], tf.util.sizeFromShape(shape.slice(1))]);

/** Attribute `target_shape`, without the batch; one entry may be -1. */
export const reshape = reshaping((shape, attributes) => [shape[0], ...numbersOf(attributes, 'target_shape', [-1])]);

/** Attribute `dim`: where an axis of size 1 is put in or taken out. */
export const expandDims = reshaping((shape, attributes) => {
  const at = numberOf(attributes, 'dim', 1);
  return [...shape.slice(0, at), 1, ...shape.slice(at)];
});
export const squeeze = reshaping((shape, attributes) => shape.filter((_, i) => i !== numberOf(attributes, 'dim', 1)));

/** (n, t, …) -> (n t, …): each step a sample of its own. */
export const mergeSteps = reshaping(([n, t, ...rest]) => [n * t, ...rest]);

/** The inverse: inputs (n t, …) and a tensor whose n and t it takes. */
export const splitSteps: Op = {
  forward: ([x, like]) => tf.reshape(x, [like.shape[0], like.shape[1]!, ...x.shape.slice(1)]),
  backward: (dy, { inputShapes: [shape] }) => [tf.reshape(dy, shape), null],
  saves: savesNothing
};

/** Attribute `order`: all axes, the batch included. */
export const transpose: Op = {
  forward: ([x], { attributes }) => tf.transpose(x, numbersOf(attributes, 'order', [])),
  backward: (dy, { attributes }) => [tf.transpose(dy, inverseOrder(numbersOf(attributes, 'order', [])))],
  saves: savesNothing
};

/** Attribute `axis`, of the output: tensors of one shape along a new axis. */
export const stack: Op = {
  forward: (inputs, { attributes }) =>
    tf.stack(inputs, axisOf(numberOf(attributes, 'axis', 0), inputs[0].shape.length + 1)),
  backward(dy, { attributes, wanted }) {
    const parts = tf.unstack(dy, axisOf(numberOf(attributes, 'axis', 0), dy.shape.length));
    return parts.map((part, i) => (wanted[i] ? part : null));
  },
  saves: savesNothing
};

type Cumulate = typeof tf.cumsum;

/** Attributes `axis`, `exclusive`, `reverse`: each value and all before it along the axis. */
function cumulated(x: Tensor, attributes: Attributes, cumulate: Cumulate, isBackward = false): Tensor {
  const reverse = booleanOf(attributes, 'reverse', false) !== isBackward;
  // tfjs' own kernels take no axis from behind.
  const axis = axisOf(numberOf(attributes, 'axis', -1), x.shape.length);
  return cumulate(x, axis, booleanOf(attributes, 'exclusive', false), reverse);
}

export const cumsum: Op = {
  forward: ([x], { attributes }) => cumulated(x, attributes, tf.cumsum),
  backward: (dy, { attributes }) => [cumulated(dy, attributes, tf.cumsum, true)],
  saves: savesNothing
};

/** TensorFlow's gradient: what reaches later products, over the value, and 0 where that is 0. */
export const cumprod: Op = {
  forward: ([x], { attributes }) => cumulated(x, attributes, tf.cumprod),
  backward(dy, { attributes, inputs: [x], output }) {
    const reached = cumulated(tf.mul(output, dy), attributes, tf.cumsum, true);
    const isZero = tf.equal(x, 0);
    return [choose(isZero, tf.zerosLike(x), tf.div(reached, choose(isZero, tf.onesLike(x), x)))];
  },
  saves: () => ({ inputs: true, output: true })
};

/** Attributes `lower` and `upper`: how many diagonals of the last two axes' matrices are kept; -1 for all. */
export const band: Op = {
  forward: ([x], { attributes }) => bandOf(x, attributes),
  backward: (dy, { attributes }) => [bandOf(dy, attributes)],
  saves: savesNothing
};

const bandOf = (x: Tensor, attributes: Attributes): Tensor =>
  tf.linalg.bandPart(x, numberOf(attributes, 'lower', -1), numberOf(attributes, 'upper', -1));

function shifted(key: string, sign: 1 | -1): Op {
  const move = (x: Tensor, attributes: Attributes, direction: number) => {
    const [rows, columns] = edgesOf(attributes, key);
    const scaled = (edge: [number, number]): [number, number] => [direction * edge[0], direction * edge[1]];
    return tf.clone(padOrCrop(x as Tensor4D, scaled(rows), scaled(columns)));
  };
  return {
    forward: ([x], { attributes }) => move(x, attributes, sign),
    backward: (dy, { attributes }) => [move(dy, attributes, -sign)],
    saves: savesNothing
  };
}

/** Attributes `padding` and `cropping`: ((top, bottom), (left, right)). */
export const zeroPadding2d = shifted('padding', 1);
export const cropping2d = shifted('cropping', -1);

/** (n, c) -> (n, times, c). */
export const repeatVector: Op = {
  forward: ([x], { attributes }) => tf.tile(tf.expandDims(x, 1), [1, numberOf(attributes, 'n', 1), 1]),
  backward: dy => [tf.sum(dy, 1)],
  saves: savesNothing
};
