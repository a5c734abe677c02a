/**
 * y = x * scale + shift by channel, then a merged activation: what
 * BatchNormalization is at inference. Weights `scale` and `shift` have one
 * value for each index along `axis`.
 */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, numberOf, numbersOf } from '../../../graph/attributes';
import { applyFused, fusedActivation, fusedGradient, savesForFused } from '../activation/fused-activation';
import { type Op, type OpContext, savesNothing } from '../op';

export const scaleShift: Op = {
  forward([x], context) {
    const rank = x.shape.length;
    const axis = axisOf(numberOf(context.attributes, 'axis', -1), rank);
    if (rank === 4 && axis === 3 && context.weight('scale').size === x.shape[3]) {
      // A 1x1 depthwise convolution: scale, shift and activation in one pass over memory.
      const scale = context.weight('scale');
      return tf.fused.depthwiseConv2d({
        x: x as Tensor4D,
        filter: context.derived('filter', () => tf.reshape(scale, [1, 1, scale.size, 1])) as Tensor4D,
        bias: context.weight('shift'),
        strides: 1,
        pad: 'valid',
        activation: fusedActivation(context.attributes)
      });
    }
    const y = tf.add(tf.mul(x, spread('scale', x.shape, context)), spread('shift', x.shape, context));
    return applyFused(y, context.attributes);
  },
  backward(dy, context) {
    return [tf.mul(fusedGradient(dy, context), spread('scale', dy.shape, context))];
  },
  saves: savesForFused
};

/**
 * Weights `scale` and `shift` along several axes, `axis`, or the last of them: one value for each place along these.
 */
export const scaleShiftAlong: Op = {
  forward: ([x], context) => tf.add(tf.mul(x, spread('scale', x.shape, context)), spread('shift', x.shape, context)),
  backward: (dy, context) => [tf.mul(dy, spread('scale', dy.shape, context))],
  saves: savesNothing
};

/** A weight in the rank of what it scales: its values along the last of the attribute `axis` that they fill. */
function spread(role: string, shape: number[], context: OpContext): Tensor {
  const weight = context.weight(role);
  const axes = numbersOf(context.attributes, 'axis', [-1]).map(axis => axisOf(axis, shape.length));
  const own = new Array<number>(shape.length).fill(1);
  for (const axis of axes.sort((a, b) => b - a)) {
    if (tf.util.sizeFromShape(own) < weight.size) {
      own[axis] = shape[axis];
    }
  }
  return tf.reshape(weight, own);
}
