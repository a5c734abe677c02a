/**
 * Functions of two values, elementwise with broadcasting: attribute `function`
 * names one. Truths are 1 and 0, and have no gradient. Derivatives at kinks are
 * TensorFlow's.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { message, MessageError } from '../../../messages/message';
import { choose } from '../choose';
import { type Op, savesInputs } from '../op';
import { asNumber, isTrue } from '../truth';
import { unbroadcast } from './merge';

interface BinaryFunction {
  apply(a: Tensor, b: Tensor): Tensor;
  /** The derivatives with respect to a and b, times dy; absent where they are zero throughout. */
  backward?(dy: Tensor, a: Tensor, b: Tensor): [Tensor | null, Tensor | null];
}

const floorOf = (a: Tensor, b: Tensor): Tensor => tf.floor(tf.div(a, b));

const compare = (relation: (a: Tensor, b: Tensor) => Tensor): BinaryFunction => ({
  apply: (a, b) => asNumber(relation(a, b))
});

const FUNCTIONS: Readonly<Record<string, BinaryFunction>> = {
  greater: compare((a, b) => tf.greater(a, b)),
  greater_equal: compare((a, b) => tf.greaterEqual(a, b)),
  less: compare((a, b) => tf.less(a, b)),
  less_equal: compare((a, b) => tf.lessEqual(a, b)),
  equal: compare((a, b) => tf.equal(a, b)),
  not_equal: compare((a, b) => tf.notEqual(a, b)),
  and: compare((a, b) => tf.logicalAnd(isTrue(a), isTrue(b))),
  or: compare((a, b) => tf.logicalOr(isTrue(a), isTrue(b))),
  xor: compare((a, b) => tf.notEqual(asNumber(isTrue(a)), asNumber(isTrue(b)))),
  floor_divide: { apply: floorOf },
  mod: {
    apply: (a, b) => tf.sub(a, tf.mul(floorOf(a, b), b)),
    backward: (dy, a, b) => [tf.clone(dy), tf.neg(tf.mul(dy, floorOf(a, b)))]
  },
  power: {
    apply: (a, b) => tf.pow(a, b),
    backward: (dy, a, b) => {
      // TensorFlow's logarithm of what is not positive is 0 here.
      const log = choose(tf.greater(a, 0), tf.log(choose(tf.greater(a, 0), a, tf.onesLike(a))), tf.zerosLike(a));
      return [tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))), tf.mul(dy, tf.mul(log, tf.pow(a, b)))];
    }
  },
  arctan2: {
    apply: (a, b) => tf.atan2(a, b),
    backward: (dy, a, b) => {
      const scaled = tf.div(dy, tf.add(tf.square(a), tf.square(b)));
      return [tf.mul(scaled, b), tf.neg(tf.mul(scaled, a))];
    }
  },
  squared_difference: {
    apply: (a, b) => tf.square(tf.sub(a, b)),
    backward: (dy, a, b) => {
      const slope = tf.mul(dy, tf.mul(2, tf.sub(a, b)));
      return [slope, tf.neg(slope)];
    }
  },
  divide_no_nan: {
    apply: (a, b) => overNonZero(a, b),
    backward: (dy, a, b) => [overNonZero(dy, b), tf.neg(overNonZero(tf.mul(dy, a), tf.square(b)))]
  },
  multiply_no_nan: {
    apply: (a, b) => timesNonZero(a, b),
    backward: (dy, a, b) => [timesNonZero(dy, b), timesNonZero(a, dy)]
  }
};

/** a * b, and 0 where b is, whatever a may be. */
function timesNonZero(a: Tensor, b: Tensor): Tensor {
  const product = tf.mul(a, b);
  return choose(isTrue(tf.broadcastTo(b, product.shape)), product, tf.zerosLike(product));
}

/** a / b, and 0 where b is. */
function overNonZero(a: Tensor, b: Tensor): Tensor {
  const some = isTrue(b);
  return tf.mul(tf.div(a, choose(some, b, tf.onesLike(b))), asNumber(some));
}

function functionOf(attributes: Attributes): BinaryFunction {
  const name = stringOf(attributes, 'function', '');
  if (!Object.hasOwn(FUNCTIONS, name)) {
    throw new MessageError(message('the function "%1" is not known to GradLens', name));
  }
  return FUNCTIONS[name];
}

export const binary: Op = {
  forward: ([a, b], { attributes }) => functionOf(attributes).apply(a, b),
  backward(dy, { attributes, inputs, wanted }) {
    const [a, b] = inputs;
    // Truths have none at all: zeros before an infinite slope would become NaN.
    const gradients = functionOf(attributes).backward?.(dy, a, b) ?? [null, null];
    return gradients.map((gradient, i) => (wanted[i] && gradient ? unbroadcast(gradient, inputs[i].shape) : null));
  },
  saves: savesInputs
};

/** Inputs (condition, a, b): a where the condition is not 0, else b. */
export const where: Op = {
  forward: ([condition, a, b]) => {
    const shape = shapeOfAll([condition, a, b]);
    return choose(isTrue(tf.broadcastTo(condition, shape)), tf.broadcastTo(a, shape), tf.broadcastTo(b, shape));
  },
  backward(dy, { inputs: [condition, a, b], wanted }) {
    const isFirst = isTrue(tf.broadcastTo(condition, dy.shape));
    const none = tf.zerosLike(dy);
    return [
      null,
      wanted[1] ? unbroadcast(choose(isFirst, dy, none), a.shape) : null,
      wanted[2] ? unbroadcast(choose(isFirst, none, dy), b.shape) : null
    ];
  },
  saves: savesInputs
};

const shapeOfAll = (tensors: Tensor[]): number[] =>
  tensors.map(tensor => tensor.shape).reduce((a, b) => tf.broadcast_util.assertAndGetBroadcastShape(a, b));
