/** Tests what no layer of Keras 3 reaches; the rest is compared with Keras in ops.spec.ts. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { activationFunctions } from './activation-functions';

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  // tf_keras 2: clip_by_value(0.2 x + 0.5, 0, 1), whose gradient passes at both ends.
  it('gives the hard sigmoid of Keras 2 its slope up to both ends', () => {
    const x = tf.tensor1d([-3, -2.5, 0, 2.5, 3]);
    const { apply, gradient } = activationFunctions.hard_sigmoid;
    expect([...apply(x, { slope: 0.2 }).dataSync()]).toEqual([0, 0, 0.5, 1, 1]);
    const slopes = gradient(tf.onesLike(x), x, { slope: 0.2 }).dataSync();
    [0, 0.2, 0.2, 0.2, 0].forEach((slope, i) => expect(slopes[i]).toBeCloseTo(slope, 6));
  });
});
