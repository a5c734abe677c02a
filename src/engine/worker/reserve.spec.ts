import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../testing/backends';
import { reserveFor } from './reserve';

const MEGABYTE = 1024 * 1024;

describe('reserveFor', () => {
  beforeAll(() => useBackend('wasm'));
  afterEach(() => vi.restoreAllMocks());

  it('leaves room for the model, and nothing else', () => {
    const backend = tf.backend() as BackendWasm;
    const before = backend.numDataIds();
    reserveFor(30 * MEGABYTE);
    expect(backend.numDataIds()).toBe(before);
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    const weights = Array.from({ length: 60 }, () => tf.zeros([MEGABYTE / 4]));
    expect(grow).not.toHaveBeenCalled();
    weights.forEach(tensor => tensor.dispose());
  });

  it('reserves half a gigabyte at most', () => {
    const make = vi.spyOn(tf.backend() as BackendWasm, 'makeOutput');
    reserveFor(4096 * MEGABYTE);
    expect(make).toHaveBeenCalledWith([128 * MEGABYTE], 'float32');
  });
});
