import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Truths as 1 and 0. A cast alone leaves them on WebGL as bytes, which are read as such. */
export const asNumber = (truth: Tensor): Tensor => tf.mul(tf.cast(truth, 'float32'), 1);

/** Where a value is not 0. */
export const isTrue = (x: Tensor): Tensor => tf.notEqual(x, 0);
