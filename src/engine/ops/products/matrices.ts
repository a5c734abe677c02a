/**
 * Linear algebra of the square matrices of the last two axes, on the processor: GPUs have no kernels for
 * it, and single precision would lose digits. Gradients as TensorFlow has them: Giles 2008, "An extended
 * collection of matrix derivative results"; of a Cholesky factor Murray 2016, "Differentiation of the
 * Cholesky decomposition".
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { stringOf } from '../../../graph/attributes';
import { message, MessageError } from '../../../messages/message';
import { cholesky as choleskyOf, determinant as determinantOf, inverse as inverseOf } from '../../kernels/matrices';
import { type Op, savesOutput } from '../op';

/** Each matrix of a tensor through `f`, which gives matrices of the same size, or null with the reason `none`. */
function each(
  x: Tensor,
  f: (values: Float32Array, size: number) => ArrayLike<number> | null,
  none: () => MessageError
): Tensor {
  const size = x.shape[x.shape.length - 1];
  const values = x.dataSync<'float32'>();
  const made = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += size * size) {
    const found = f(values.subarray(start, start + size * size), size);
    if (!found) {
      throw none();
    }
    made.set(found, start);
  }
  return tf.tensor(made, x.shape);
}

const inverted = (x: Tensor): Tensor =>
  each(
    x,
    inverseOf,
    () => new MessageError(message('a matrix of this picture has no inverse, so Keras has no value here either'))
  );

export const turned = (x: Tensor): Tensor => {
  const last = x.shape.length - 1;
  return tf.transpose(x, [...Array.from({ length: last - 1 }, (_, i) => i), last, last - 1]);
};

export const inverse: Op = {
  forward: ([x]) => inverted(x),
  backward(dy, { output }) {
    const other = turned(output);
    return [tf.neg(tf.matMul(tf.matMul(other, dy), other))];
  },
  saves: savesOutput
};

/** Attribute `gives`: `value`, `sign` or `logarithm` (of its size). */
export const determinant: Op = {
  forward([x], { attributes }) {
    const size = x.shape[x.shape.length - 1];
    const values = x.dataSync<'float32'>();
    const gives = stringOf(attributes, 'gives', 'value');
    const made = Float32Array.from({ length: values.length / (size * size) }, (_, i) => {
      const { sign, logarithm } = determinantOf(values.subarray(i * size * size, (i + 1) * size * size), size);
      return gives === 'sign' ? sign : gives === 'logarithm' ? logarithm : sign * Math.exp(logarithm);
    });
    return tf.tensor(made, x.shape.slice(0, -2));
  },
  backward(dy, { attributes, inputs: [x], output }) {
    const gives = stringOf(attributes, 'gives', 'value');
    if (gives === 'sign') {
      return [null];
    }
    const scale = gives === 'value' ? tf.mul(dy, output) : dy;
    return [tf.mul(tf.reshape(scale, [...dy.shape, 1, 1]), turned(inverted(x)))];
  },
  saves: () => ({ inputs: true, output: true })
};

/** The lower factor. */
export const cholesky: Op = {
  forward: ([x]) =>
    each(
      x,
      choleskyOf,
      () =>
        new MessageError(
          message('a matrix of this picture is not positive definite, so Keras has no value here either')
        )
    ),
  backward(dy, { output }) {
    const size = output.shape[output.shape.length - 1];
    const under = inverted(output);
    const product = tf.matMul(turned(output), dy);
    const half = tf.sub(tf.linalg.bandPart(tf.ones([size, size]), -1, 0), tf.mul(tf.eye(size), 0.5));
    const middle = tf.mul(product, half);
    const gradient = tf.matMul(tf.matMul(turned(under), middle), under);
    return [tf.mul(0.5, tf.add(gradient, turned(gradient)))];
  },
  saves: savesOutput
};
