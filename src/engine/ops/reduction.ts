/** Reductions along any axes but the batch's. Attribute `kind` names one; `axes` count from the front; `keepdims` as Keras. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numbersOf, stringOf } from '../../graph/attributes';
import { message, MessageError } from '../../messages/message';
import type { Op } from './op';
import { globalAverage, globalMax, restored } from './pooling';

/** The deviation from the mean along `axes`. */
const deviation = (x: Tensor, axes: number[]): Tensor => tf.sub(x, tf.mean(x, axes, true));
const variance = (x: Tensor, axes: number[], keepdims = false): Tensor =>
  tf.mean(tf.square(deviation(x, axes)), axes, keepdims);

type Backward = (dy: Tensor, x: Tensor, axes: number[]) => Tensor;

/** A reduction whose gradient follows from dy, with its axes put back as 1, and the input. */
function reduction(apply: (x: Tensor, axes: number[], keepdims: boolean) => Tensor, backward: Backward): Op {
  return {
    forward: ([x], { attributes }) =>
      apply(x, numbersOf(attributes, 'axes', []), booleanOf(attributes, 'keepdims', false)),
    backward(dy, { attributes, inputs: [x] }) {
      const axes = numbersOf(attributes, 'axes', []);
      return [backward(restored(dy, x.shape, axes), x, axes)];
    },
    saves: () => ({ inputs: true, output: false })
  };
}

const cellsAlong = (shape: number[], axes: number[]): number => axes.reduce((count, axis) => count * shape[axis], 1);

const KINDS: Readonly<Record<string, Op>> = {
  mean: globalAverage,
  max: globalMax,
  min: {
    forward: ([x], context) => tf.neg(globalMax.forward([tf.neg(x)], context)),
    backward: (dy, context) =>
      globalMax.backward(dy, {
        ...context,
        inputs: context.inputs.map(x => tf.neg(x)),
        output: tf.neg(context.output)
      }),
    saves: globalMax.saves
  },
  sum: reduction(
    (x, axes, keepdims) => tf.sum(x, axes, keepdims),
    (dy, x) => tf.mul(dy, tf.onesLike(x))
  ),
  variance: reduction(variance, (dy, x, axes) => tf.mul(dy, tf.mul(2 / cellsAlong(x.shape, axes), deviation(x, axes)))),
  deviation: reduction(
    (x, axes, keepdims) => tf.sqrt(variance(x, axes, keepdims)),
    (dy, x, axes) =>
      tf.mul(tf.div(dy, tf.sqrt(variance(x, axes, true))), tf.mul(1 / cellsAlong(x.shape, axes), deviation(x, axes)))
  ),
  logsumexp: reduction(
    (x, axes, keepdims) => tf.logSumExp(x, axes, keepdims),
    (dy, x, axes) => tf.mul(dy, tf.exp(tf.sub(x, tf.logSumExp(x, axes, true))))
  )
};

function kindOf(name: string): Op {
  if (!Object.hasOwn(KINDS, name)) {
    throw new MessageError(message('the reduction "%1" is not known to GradLens', name));
  }
  return KINDS[name];
}

export const reduce: Op = {
  forward: (inputs, context) => kindOf(stringOf(context.attributes, 'kind', '')).forward(inputs, context),
  backward: (dy, context) => kindOf(stringOf(context.attributes, 'kind', '')).backward(dy, context),
  saves: attributes => kindOf(stringOf(attributes, 'kind', '')).saves(attributes)
};
