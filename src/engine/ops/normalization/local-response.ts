/**
 * Local response normalisation (Krizhevsky et al. 2012): each value over a power of the sum of squares
 * of the channels around it. Attributes `depth_radius`, `bias`, `alpha` and `beta` as TensorFlow's.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, savesInputs } from '../op';

/** The sum of the channels around each. */
function around(x: Tensor, attributes: Attributes): Tensor {
  const channels = x.shape[x.shape.length - 1]!;
  const radius = Math.min(numberOf(attributes, 'depth_radius', 5), channels - 1);
  const near = tf.linalg.bandPart(tf.ones([channels, channels]), radius, radius) as Tensor2D;
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, channels]) as Tensor2D, near), x.shape);
}

const strength = (x: Tensor, attributes: Attributes): Tensor =>
  tf.add(numberOf(attributes, 'bias', 1), tf.mul(numberOf(attributes, 'alpha', 1), around(tf.square(x), attributes)));

const betaOf = (attributes: Attributes): number => numberOf(attributes, 'beta', 0.5);

export const localResponse: Op = {
  forward: ([x], { attributes }) => tf.mul(x, tf.pow(strength(x, attributes), -betaOf(attributes))),
  backward(dy, { attributes, inputs: [x] }) {
    const [norm, beta] = [strength(x, attributes), betaOf(attributes)];
    const own = tf.mul(dy, tf.pow(norm, -beta));
    const shared = around(tf.mul(tf.mul(dy, x), tf.pow(norm, -beta - 1)), attributes);
    return [tf.sub(own, tf.mul(2 * beta * numberOf(attributes, 'alpha', 1), tf.mul(x, shared)))];
  },
  saves: savesInputs
};
