/** Dense, on the last axis of a tensor of any rank. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { fusedActivation, fusedGradient, savesForFused } from '../activation/fused-activation';
import type { Op } from '../op';

export const dense: Op = {
  forward([x], context) {
    const kernel = context.weight('kernel') as Tensor2D;
    const [from, to] = kernel.shape;
    const y = tf.fused.matMul({
      a: tf.reshape(x, [-1, from]),
      b: kernel,
      bias: context.hasWeight('bias') ? context.weight('bias') : undefined,
      activation: fusedActivation(context.attributes)
    });
    return tf.reshape(y, [...x.shape.slice(0, -1), to]);
  },
  backward(dy, context) {
    const kernel = context.weight('kernel') as Tensor2D;
    const through = tf.reshape(fusedGradient(dy, context), [-1, kernel.shape[1]]);
    // W·dyᵀ rather than dy·Wᵀ: it reads the kernel in its own order, which the fast kernels want.
    const gradient = tf.transpose(tf.matMul(kernel, tf.transpose(through)));
    return [tf.reshape(gradient, context.inputShapes[0])];
  },
  saves: savesForFused
};
