/** Every operation, forward and backward, against Keras on TensorFlow (conformance/ops/generate.py). */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphNode, WeightRef } from '../../graph/model-graph';
import { backward, forward, type Values } from '../executor';
import { Pacer } from '../pacer';
import { expandNode } from '../plan/expand';
import { fuse } from '../plan/fuse';
import { gradientRegion } from '../plan/region';
import { WeightFolder } from '../plan/weight-folder';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { decode, readReference, relativeError, type StoredTensor } from '../testing/numbers';
import { WeightStore } from '../weight-store';

interface Case {
  name: string;
  op: string;
  attributes: Record<string, unknown>;
  weights: Record<string, StoredTensor>;
  inputs: StoredTensor[];
  output: StoredTensor;
  seed: StoredTensor;
  gradients: StoredTensor[];
}

const GROUPS = ['convolution', 'one-dimensional', 'pooling', 'activation', 'merge', 'arrange', 'normalization'];
const LIMIT = 1e-5;

function nodeOf(test: Case): GraphNode {
  const weights = Object.entries(test.weights).map(([role, stored]): [string, WeightRef] => [
    role,
    { name: role, shape: stored.shape, dtype: 'float32', read: () => decode(stored) }
  ]);
  return {
    id: 'layer',
    op: test.op,
    className: test.op,
    attributes: test.attributes,
    inputs: test.inputs.map((_, i) => ({ node: `input ${i}`, output: 0 })),
    weights: Object.fromEntries(weights),
    outputShape: test.output.shape
  };
}

async function run(test: Case): Promise<{ output: Float32Array; shape: number[]; gradients: (Float32Array | null)[] }> {
  const steps = fuse(expandNode(nodeOf(test), { keras2: false }), new Set(['layer']), new WeightFolder());
  const values: Values = new Map();
  const shapes = new Map<string, number[]>();
  const taps = test.inputs.map((stored, i) => {
    values.set(`input ${i}`, tf.tensor(decode(stored), stored.shape));
    shapes.set(`input ${i}`, stored.shape);
    return `input ${i}`;
  });
  const walk = { weights: new WeightStore(), pacer: new Pacer({ aborted: false }), onStep: () => undefined };
  await forward(steps, values, shapes, walk, () => undefined);
  const region = gradientRegion(steps, taps, 'layer');
  const seed = { at: 'layer', gradient: tf.tensor(decode(test.seed), test.seed.shape) };
  const gradients = await backward(region, values, shapes, seed, new Set(taps), walk);
  const output = values.get('layer')!;
  const read = {
    output: output.dataSync<'float32'>().slice(),
    shape: output.shape,
    gradients: taps.map(tap => gradients.get(tap)?.dataSync<'float32'>().slice() ?? null)
  };
  [...values.values(), ...gradients.values(), seed.gradient].forEach(tensor => tensor.dispose());
  walk.weights.dispose();
  return read;
}

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  describe.each(GROUPS)('%s', group => {
    const cases = readReference<Case[]>(`conformance/data/ops/${group}.json`, 'conformance/ops/generate.py');

    it.each(cases.map(test => [test.name, test] as const))('%s', async (_, test) => {
      const before = tf.memory().numTensors;
      const { output, shape, gradients } = await run(test);
      expect(shape).toEqual(test.output.shape);
      expect(relativeError(output, decode(test.output))).toBeLessThan(LIMIT);
      test.gradients.forEach((expected, i) => {
        expect(relativeError(gradients[i] ?? [], decode(expected))).toBeLessThan(LIMIT);
      });
      expect(tf.memory().numTensors).toBe(before);
    });
  });
});
