/** Layers and operators that combine tensors elementwise, with broadcasting, and Concatenate. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, numberOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { cut, joined } from '../../kernels/copies';
import { type Op, savesInputs, savesNothing } from '../op';

/** Sums a gradient over the axes along which the input was broadcast. */
export function unbroadcast(gradient: Tensor, shape: number[]): Tensor {
  const extra = gradient.shape.length - shape.length;
  const axes = gradient.shape
    .map((_, i) => i)
    .filter(i => i < extra || (shape[i - extra] === 1 && gradient.shape[i] !== 1));
  return axes.length ? tf.reshape(tf.sum(gradient, axes), shape) : tf.clone(gradient);
}

function reduce(inputs: Tensor[], combine: (a: Tensor, b: Tensor) => Tensor): Tensor {
  return inputs.length === 1 ? tf.clone(inputs[0]) : inputs.reduce(combine);
}

/** The shape among others of a higher rank, with the missing axes behind the batch's. */
function behindBatch([batch, ...rest]: number[], rank: number): number[] {
  return [batch, ...Array<number>(rank - rest.length - 1).fill(1), ...rest];
}

/** Attribute `behind_batch`: inputs of lower rank get their missing axes there, as in Keras' merging layers. */
function merging(op: Op): Op {
  const isUneven = (attributes: Attributes, shapes: readonly number[][]): boolean =>
    attributes.behind_batch === true && shapes.some(shape => shape.length !== shapes[0].length);
  const expand = (inputs: Tensor[]): Tensor[] => {
    const rank = Math.max(...inputs.map(input => input.shape.length));
    return inputs.map(input => tf.reshape(input, behindBatch(input.shape, rank)));
  };
  return {
    forward: (inputs, context) =>
      op.forward(
        isUneven(
          context.attributes,
          inputs.map(input => input.shape)
        )
          ? expand(inputs)
          : inputs,
        context
      ),
    backward(dy, context) {
      const { attributes, inputShapes, inputs } = context;
      if (!isUneven(attributes, inputShapes)) {
        return op.backward(dy, context);
      }
      const rank = dy.shape.length;
      const gradients = op.backward(dy, {
        ...context,
        inputs: inputs.length > 0 ? expand(inputs) : inputs,
        inputShapes: inputShapes.map(shape => behindBatch(shape, rank))
      });
      return gradients.map((gradient, i) => gradient && tf.reshape(gradient, inputShapes[i]));
    },
    saves: op.saves
  };
}

export const add: Op = merging({
  forward: inputs => reduce(inputs, (a, b) => tf.add(a, b)),
  backward: (dy, { inputShapes, wanted }) => inputShapes.map((shape, i) => (wanted[i] ? unbroadcast(dy, shape) : null)),
  saves: savesNothing
});

export const subtract: Op = merging({
  forward: ([a, b]) => tf.sub(a, b),
  backward: (dy, { inputShapes: [a, b], wanted }) => [
    wanted[0] ? unbroadcast(dy, a) : null,
    wanted[1] ? unbroadcast(tf.neg(dy), b) : null
  ],
  saves: savesNothing
});

export const multiply: Op = merging({
  forward: inputs => reduce(inputs, (a, b) => tf.mul(a, b)),
  backward: (dy, { inputs, wanted }) =>
    inputs.map((input, i) => {
      if (!wanted[i]) {
        return null;
      }
      const others = inputs.filter((_, j) => j !== i);
      return unbroadcast(
        others.reduce((product: Tensor, other) => tf.mul(product, other), dy),
        input.shape
      );
    }),
  saves: savesInputs
});

export const divide: Op = {
  forward: ([a, b]) => tf.div(a, b),
  backward: (dy, { inputs: [a, b], wanted }) => [
    wanted[0] ? unbroadcast(tf.div(dy, b), a.shape) : null,
    wanted[1] ? unbroadcast(tf.neg(tf.div(tf.mul(dy, a), tf.square(b))), b.shape) : null
  ],
  saves: savesInputs
};

export const average: Op = merging({
  forward: inputs =>
    tf.div(
      reduce(inputs, (a, b) => tf.add(a, b)),
      inputs.length
    ),
  backward: (dy, { inputShapes }) => inputShapes.map(shape => unbroadcast(tf.div(dy, inputShapes.length), shape)),
  saves: savesNothing
});

/**
 * Maximum and minimum as Keras folds them, pair by pair. Among equals
 * TensorFlow gives the whole gradient to the first (`x >= y`).
 */
function extreme(pick: (a: Tensor, b: Tensor) => Tensor, firstWins: (a: Tensor, b: Tensor) => Tensor): Op {
  return merging({
    forward: inputs => reduce(inputs, pick),
    backward(dy, { inputs }) {
      const partial = inputs.slice(0, 1);
      inputs.slice(1).forEach((input, i) => partial.push(pick(partial[i], input)));
      const gradients = new Array<Tensor>(inputs.length);
      let rest: Tensor = dy;
      for (let i = inputs.length - 1; i > 0; i--) {
        const first = tf.cast(firstWins(partial[i - 1], inputs[i]), 'float32');
        gradients[i] = unbroadcast(tf.mul(rest, tf.sub(1, first)), inputs[i].shape);
        rest = unbroadcast(tf.mul(rest, first), partial[i - 1].shape);
      }
      gradients[0] = tf.clone(rest);
      return gradients;
    },
    saves: savesInputs
  });
}

export const maximum = extreme(
  (a, b) => tf.maximum(a, b),
  (a, b) => tf.greaterEqual(a, b)
);
export const minimum = extreme(
  (a, b) => tf.minimum(a, b),
  (a, b) => tf.lessEqual(a, b)
);

export const concatenate: Op = {
  forward: (inputs, { attributes }) =>
    inputs.length === 1
      ? tf.clone(inputs[0])
      : joined(inputs, axisOf(numberOf(attributes, 'axis', -1), inputs[0].shape.length)),
  backward(dy, { attributes, inputShapes, wanted }) {
    const axis = axisOf(numberOf(attributes, 'axis', -1), dy.shape.length);
    let start = 0;
    return inputShapes.map((shape, i) => {
      const at = start;
      start += shape[axis];
      return wanted[i] ? cut(dy, axis, at, shape[axis]) : null;
    });
  },
  saves: savesNothing
};
