/**
 * Reductions along any axes but the batch's. Attribute `kind`
 * names one; `axes` count from the front; `keepdims` as Keras.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numbersOf, stringOf } from '../../graph/attributes';
import { message, MessageError } from '../../messages/message';
import { alongAxes, cellsAlong } from './axes';
import { choose } from './choose';
import { sign } from './near-zero';
import type { Op } from './op';
import { globalAverage, globalMax, restored } from './pooling/pooling';
import { asNumber, isTrue, whereSome } from './truth';

/** The deviation from the mean along `axes`. */
const deviation = (x: Tensor, axes: number[]): Tensor => tf.sub(x, tf.mean(x, axes, true));
const variance = (x: Tensor, axes: number[], keepdims = false): Tensor =>
  tf.mean(tf.square(deviation(x, axes)), axes, keepdims);

type Backward = (dy: Tensor, x: Tensor, axes: number[]) => Tensor | null;

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

/** The first index of the largest or smallest value along an axis; of several, tfjs' WebGL finds any. */
function indexAlong(find: typeof tf.max, x: Tensor, axis: number, keepdims: boolean): Tensor {
  const size = x.shape[axis];
  const along = x.shape.map((_, i) => (i === axis ? size : 1));
  const indices = tf.broadcastTo(tf.reshape(tf.range(0, size), along), x.shape);
  const isFound = tf.equal(x, find(x, axis, true));
  return tf.min(choose(isFound, indices, tf.fill(x.shape, size)), axis, keepdims);
}

/** A reduction that counts or finds: without a gradient. */
const truths = (apply: (x: Tensor, axes: number[], keepdims: boolean) => Tensor): Op => reduction(apply, () => null);

/** For each value the product of the others along `axes`. */
const productOfOthers = (x: Tensor, axes: number[]): Tensor =>
  alongAxes(x, axes, rows => {
    const last = rows.shape.length - 1;
    return tf.mul(tf.cumprod(rows, last, true), tf.cumprod(rows, last, true, true));
  });

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
    (dy, x, axes) => {
      const root = whereSome(dy, tf.div(dy, tf.sqrt(variance(x, axes, true))));
      return tf.mul(root, tf.mul(1 / cellsAlong(x.shape, axes), deviation(x, axes)));
    }
  ),
  /** The product of all others times dy, where one of them is 0 too. */
  prod: reduction(
    (x, axes, keepdims) => tf.prod(x, axes, keepdims),
    (dy, x, axes) => tf.mul(dy, productOfOthers(x, axes))
  ),
  /** The Euclidean length. */
  length: reduction(
    (x, axes, keepdims) => tf.sqrt(tf.sum(tf.square(x), axes, keepdims)),
    (dy, x, axes) => tf.mul(whereSome(dy, tf.div(dy, tf.sqrt(tf.sum(tf.square(x), axes, true)))), x)
  ),
  /** The sum of absolute values. */
  size: reduction(
    (x, axes, keepdims) => tf.sum(tf.abs(x), axes, keepdims),
    (dy, x) => tf.mul(dy, sign(x))
  ),
  any: truths((x, axes, keepdims) => tf.max(asNumber(isTrue(x)), axes, keepdims)),
  all: truths((x, axes, keepdims) => tf.min(asNumber(isTrue(x)), axes, keepdims)),
  count: truths((x, axes, keepdims) => tf.sum(asNumber(isTrue(x)), axes, keepdims)),
  argmax: truths((x, axes, keepdims) => indexAlong(tf.max, x, axes[0], keepdims)),
  argmin: truths((x, axes, keepdims) => indexAlong(tf.min, x, axes[0], keepdims)),
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
