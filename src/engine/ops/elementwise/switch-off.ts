/**
 * Channels (the last axis) switched off: those of attribute `zero` are 0, those of `mean` are each its
 * own mean over all positions of the sample; the others pass as they are. It is linear and its own
 * adjoint: a mean's gradient spreads evenly over the positions, a constant has none.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numbersOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { channelSums } from '../../kernels/reductions';
import { choose } from '../choose';
import { type Op, savesNothing } from '../op';

export const switchOff: Op = {
  forward: ([x], { attributes }) => applied(x, attributes),
  backward: (dy, { attributes }) => [applied(dy, attributes)],
  saves: savesNothing
};

function applied(x: Tensor, attributes: Attributes): Tensor {
  const [samples, channels] = [x.shape[0], x.shape[x.shape.length - 1]];
  const rows = tf.reshape(x, [samples, x.size / (samples * channels), channels]);
  const mask = (name: 'zero' | 'mean'): Tensor | null => {
    const chosen = numbersOf(attributes, name, []);
    return chosen.length > 0 ? channelMask([chosen], channels) : null;
  };
  const [zero, mean] = [mask('zero'), mask('mean')];
  const centred = mean ? withChannelsOff(rows, mean, 'mean') : rows;
  return tf.reshape(zero ? withChannelsOff(centred, zero, 'zero') : centred, x.shape);
}

/** (samples, 1, channels): 1 where a sample's channel is off, else 0. */
export function channelMask(off: readonly (readonly number[])[], channels: number): Tensor {
  const mask = new Float32Array(off.length * channels);
  off.forEach((chosen, sample) => chosen.forEach(channel => (mask[sample * channels + channel] = 1)));
  return tf.tensor(mask, [off.length, 1, channels]);
}

/** Rows (samples, positions, channels) with the channels of a mask off. */
export function withChannelsOff(rows: Tensor, mask: Tensor, by: 'zero' | 'mean'): Tensor {
  const [samples, positions, channels] = rows.shape;
  const other =
    by === 'zero'
      ? tf.zerosLike(rows)
      : tf.broadcastTo(tf.reshape(tf.mul(channelSums(rows), 1 / positions), [samples, 1, channels]), rows.shape);
  return choose(tf.greater(tf.broadcastTo(mask, rows.shape), 0), other, rows);
}
