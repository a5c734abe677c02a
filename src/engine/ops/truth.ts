import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { choose } from './choose';

/** Truths as 1 and 0. A cast alone leaves them on WebGL as bytes, which are read as such. */
export const asNumber = (truth: Tensor): Tensor => tf.mul(tf.cast(truth, 'float32'), 1);

/** True where a value is not 0. */
export const isTrue = (x: Tensor): Tensor => tf.notEqual(x, 0);

/** (queries, keys): 1 where a query may look, which is not after its own position. */
export const causalMask = (queries: number, keys: number): Tensor =>
  tf.linalg.bandPart(tf.ones([queries, keys]), -1, 0);

/** A gradient where there is one behind it, and 0 elsewhere: TensorFlow's square roots have none at 0 then. */
export const whereSome = (dy: Tensor, gradient: Tensor): Tensor =>
  choose(isTrue(tf.broadcastTo(dy, gradient.shape)), gradient, tf.zerosLike(gradient));
