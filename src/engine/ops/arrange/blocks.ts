/** Channels laid out as blocks of cells (Shi et al. 2016, sub-pixel convolution), and blocks as channels. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf } from '../../../graph/attributes';
import { type Op, savesNothing } from '../op';

/** (n, h, w, b b c) -> (n, h b, w b, c). */
function toSpace(x: Tensor, block: number): Tensor {
  const [n, h, w, channels] = x.shape;
  const parts = tf.reshape(x, [n, h, w, block, block, channels / (block * block)]);
  return tf.reshape(tf.transpose(parts, [0, 1, 3, 2, 4, 5]), [n, h * block, w * block, -1]);
}

/** The inverse. */
function toDepth(x: Tensor, block: number): Tensor {
  const [n, h, w, channels] = x.shape;
  const parts = tf.reshape(x, [n, h / block, block, w / block, block, channels]);
  return tf.reshape(tf.transpose(parts, [0, 1, 3, 2, 4, 5]), [n, h / block, w / block, -1]);
}

type Move = (x: Tensor, block: number) => Tensor;

/** Attribute `block_size`. */
const moving = (forward: Move, backward: Move): Op => ({
  forward: ([x], { attributes }) => forward(x, numberOf(attributes, 'block_size', 1)),
  backward: (dy, { attributes }) => [backward(dy, numberOf(attributes, 'block_size', 1))],
  saves: savesNothing
});

export const depthToSpace = moving(toSpace, toDepth);
export const spaceToDepth = moving(toDepth, toSpace);
