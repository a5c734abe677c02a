import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { english } from '../../messages/message';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { relativeError } from '../testing/numbers';
import { runSelfTest, selfTest } from './self-test';
import { SELF_TEST_GRADIENT, SELF_TEST_OUTPUT } from './self-test-numbers';

describe.each(NODE_BACKENDS)('the self-test on %s', backend => {
  beforeAll(() => useBackend(backend));

  it('reproduces the numbers of Keras', async () => {
    const { output, gradient } = await runSelfTest();
    expect(relativeError(output, SELF_TEST_OUTPUT)).toBeLessThan(1e-5);
    expect(relativeError(gradient.slice(0, SELF_TEST_GRADIENT.length), SELF_TEST_GRADIENT)).toBeLessThan(1e-5);
  });

  it('passes and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    expect(await selfTest()).toBeNull();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a backend on which one kernel is wrong', async () => {
    const right = tf.getKernel('MaxPool', backend);
    const wrong = tf.getKernel('AvgPool', backend);
    const put = (kernelFunc: typeof right.kernelFunc) => {
      tf.unregisterKernel('MaxPool', backend);
      tf.registerKernel({ ...right, kernelFunc });
    };
    put(wrong.kernelFunc);
    try {
      expect(english((await selfTest())!)).toMatch(new RegExp(`^${backend} computed a small known network wrongly`));
    } finally {
      put(right.kernelFunc);
    }
    expect(await selfTest()).toBeNull();
  });
});
