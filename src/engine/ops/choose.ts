import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** The most axes that `tf.where` takes on WebGL. */
const MOST_AXES = 4;

/** Values of `one` where the condition holds, else of `other`: three tensors of one shape, of any rank. */
export function choose(condition: Tensor, one: Tensor, other: Tensor): Tensor {
  const { shape } = condition;
  if (shape.length <= MOST_AXES) {
    return tf.where(condition, one, other);
  }
  const [flat, a, b] = [condition, one, other].map(tensor => tf.reshape(tensor, [-1, shape[shape.length - 1]]));
  return tf.reshape(tf.where(flat, a, b), shape);
}
