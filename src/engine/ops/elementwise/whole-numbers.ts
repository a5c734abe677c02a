/** Functions of two whole numbers by their bits or divisors, on the processor; none has a gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { stringOf } from '../../../graph/attributes';
import { message, MessageError } from '../../../messages/message';
import { type Op, savesNothing } from '../op';

const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));

const FUNCTIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  bitwise_and: (a, b) => a & b,
  bitwise_or: (a, b) => a | b,
  bitwise_xor: (a, b) => a ^ b,
  left_shift: (a, b) => a * 2 ** b,
  right_shift: (a, b) => Math.floor(a / 2 ** b),
  gcd: divisor,
  lcm: (a, b) => (a === 0 || b === 0 ? 0 : Math.abs((a / divisor(a, b)) * b))
};

/** Beyond this float32 has no longer every whole number. */
const MOST = 2 ** 24;

export const wholeNumbers: Op = {
  forward([a, b], { attributes }) {
    const f = FUNCTIONS[stringOf(attributes, 'function', '')];
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const [left, right] = [a, b].map(x => tf.broadcastTo(x, shape).dataSync<'float32'>());
    const made = left.map((value, i) => f(value, right[i]));
    if ([left, right, made].some(values => values.some(value => Math.abs(value) > MOST))) {
      throw new MessageError(message('whole numbers over 16,777,216 cannot be kept exactly here'));
    }
    return tf.tensor(made, shape);
  },
  backward: () => [null, null],
  saves: savesNothing
};
