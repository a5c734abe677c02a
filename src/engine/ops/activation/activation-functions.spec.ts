/** Tests what no layer of Keras 3 reaches; the rest is compared with Keras in ops.spec.ts. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../../testing/backends';
import { unitNormalization } from '../normalization/group-normalization';
import type { BackwardContext } from '../op';
import { prelu } from './activation';
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

  // tf.GradientTape over keras.activations of Keras 3.15, at what a ReLU before them makes by the thousand.
  it.each([
    ['selu', 1.050701],
    ['celu', 2],
    ['elu', 1],
    ['relu', 0],
    ['relu6', 0],
    ['leaky_relu', 0.2],
    ['silu', 0.5],
    ['gelu', 0.5],
    ['mish', 0.6],
    ['softplus', 0.5],
    ['softsign', 1],
    ['log_sigmoid', 0.5],
    ['hard_sigmoid', 1 / 6],
    ['hard_silu', 0.5],
    ['hard_tanh', 1],
    ['squareplus', 0.5],
    ['tanh_shrink', 0],
    ['hard_shrink', 0],
    ['soft_shrink', 0],
    ['sparse_plus', 0.5],
    ['sparse_sigmoid', 0.5]
  ])('has the slope of Keras’ %s at zero: %d', (name, slope) => {
    const zeros = tf.tensor1d([0, -0]);
    const { from, apply, gradient } = activationFunctions[name];
    const attributes = name === 'leaky_relu' ? { negative_slope: 0.2 } : {};
    const value = from === 'input' ? zeros : apply(zeros, attributes);
    [...gradient(tf.onesLike(zeros), value, attributes).dataSync()].forEach(found =>
      expect(found).toBeCloseTo(slope, 5)
    );
  });

  // p (dy - sum p dy) by its other form, the sum over j of p p_j (dy - dy_j), where nothing cancels.
  it.each([
    ['of a class that is 1 to the last digit', [30, 0, -1], [1, 0, 0]],
    ['of one that is nothing beside it', [30, 0, -1], [0, 1, 0]],
    ['of their difference', [30, 0, -1], [1, -1, 0]],
    ['of classes that are alike', [2, 2, 1], [1, 0, 0]],
    ['of any slopes', [1, -2, 0.5], [0.3, 7, -2]]
  ])('has the slopes of a softmax to all digits: %s', (_, logits, dy) => {
    const terms = logits.map(value => Math.exp(value - Math.max(...logits)));
    const shares = terms.map(term => term / terms.reduce((a, b) => a + b));
    const expected = shares.map((p, i) => shares.reduce((sum, q, j) => sum + p * q * (dy[i] - dy[j]), 0));
    const { apply, gradient } = activationFunctions.softmax;
    const found = gradient(tf.tensor2d([dy]), apply(tf.tensor2d([logits]), {}), {}).dataSync();
    expected.forEach((value, i) => expect(found[i] / value).toBeCloseTo(1, 4));
  });

  it('has no slope in PReLU at zero', () => {
    const [x, dy, alpha] = [tf.tensor1d([-2, 0, 3]), tf.ones([3]), tf.tensor1d([0.3, 0.3, 0.3])];
    const [dx] = prelu.backward(dy, { inputs: [x], weight: () => alpha } as unknown as BackwardContext);
    [0.3, 0, 1].forEach((slope, i) => expect(dx?.dataSync()[i]).toBeCloseTo(slope, 6));
  });

  // tf.GradientTape over UnitNormalization of (3e-8, 4e-8), by Keras 3.15 and tf_keras 2.21.
  it.each([
    ['Keras 3', 1e-24, [0.6, 0.8], [3.2e6, -2.4e6]],
    ['Keras 2', 1e-12, [0.03, 0.04], [1e6, 1e6]]
  ])('normalises vectors next to nothing as %s', (_, smallest_square, value, slope) => {
    const x = tf.tensor2d([[3e-8, 4e-8]]);
    const context = { attributes: { axis: -1, smallest_square }, inputs: [x] } as unknown as BackwardContext;
    const y = unitNormalization.forward([x], context);
    value.forEach((one, i) => expect(y.dataSync()[i]).toBeCloseTo(one, 5));
    const [dx] = unitNormalization.backward(tf.ones([1, 2]), context);
    slope.forEach((one, i) => expect((dx?.dataSync()[i] ?? 0) / one).toBeCloseTo(1, 4));
  });
});
