/** Operations that only move values: reshapes, transposes, padding, cropping. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, booleanOf, edgesOf, numberOf, numbersOf } from '../../graph/attributes';
import type { Attributes } from '../../graph/model-graph';
import { padOrCrop } from '../kernels/copies';
import { type Op, savesNothing } from './op';

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

export const flatten = reshaping(shape => [shape[0], shape.slice(1).reduce((a, b) => a * b, 1)]);

/** Attribute `target_shape`, without the batch; one entry may be -1. */
export const reshape = reshaping((shape, attributes) => [shape[0], ...numbersOf(attributes, 'target_shape', [-1])]);

/** Attribute `dim`: where an axis of size 1 is put in or taken out. */
export const expandDims = reshaping((shape, attributes) => {
  const at = numberOf(attributes, 'dim', 1);
  return [...shape.slice(0, at), 1, ...shape.slice(at)];
});
export const squeeze = reshaping((shape, attributes) => shape.filter((_, i) => i !== numberOf(attributes, 'dim', 1)));

/** Attribute `order`: all axes, the batch included. */
export const transpose: Op = {
  forward: ([x], { attributes }) => tf.transpose(x, numbersOf(attributes, 'order', [])),
  backward(dy, { attributes }) {
    const order = numbersOf(attributes, 'order', []);
    return [
      tf.transpose(
        dy,
        order.map((_, i) => order.indexOf(i))
      )
    ];
  },
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

/** Attributes `axis`, `exclusive`, `reverse`: each value and all before it along the axis. */
export const cumsum: Op = {
  forward: ([x], { attributes }) =>
    tf.cumsum(
      x,
      numberOf(attributes, 'axis', -1),
      booleanOf(attributes, 'exclusive', false),
      booleanOf(attributes, 'reverse', false)
    ),
  backward: (dy, { attributes }) => [
    tf.cumsum(
      dy,
      numberOf(attributes, 'axis', -1),
      booleanOf(attributes, 'exclusive', false),
      !booleanOf(attributes, 'reverse', false)
    )
  ],
  saves: savesNothing
};

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
