/** Runs one layer forward and backward on the current backend: the cases of conformance/ops/generate.py. */
import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, GraphNode, WeightRef } from '../../graph/model-graph';
import { WeightStore } from '../model/weight-store';
import { expandNode } from '../plan/expand';
import { fuse } from '../plan/fuse';
import { gradientRegion } from '../plan/region';
import { type Values } from '../plan/step';
import { WeightFolder } from '../plan/weight-folder';
import { forward } from '../run/executor';
import { Pacer } from '../run/pacer';
import { readGradients } from '../run/read-gradients';
import { decode, relativeError, type StoredTensor } from './numbers';

export interface OpCase {
  name: string;
  op: string;
  attributes: Record<string, unknown>;
  weights: Record<string, StoredTensor>;
  inputs: StoredTensor[];
  output: StoredTensor;
  seed: StoredTensor;
  gradients: StoredTensor[];
}

export interface OpResult {
  shape: number[];
  /** Relative errors of the output and of the gradient at each input. */
  output: number;
  gradients: number[];
  /** Tensors left behind. */
  leaked: number;
}

/** Names of the files under conformance/data/ops. */
export const OP_GROUPS = [
  'convolution',
  'one-dimensional',
  'pooling',
  'activation',
  'merge',
  'arrange',
  'normalization',
  'attention',
  'padding',
  'operators',
  'augmentation',
  'recurrent',
  'wide'
] as const;

function nodeOf(test: OpCase): GraphNode {
  const weights = Object.entries(test.weights).map(([role, stored]): [string, WeightRef] => [
    role,
    { name: role, shape: stored.shape, dtype: 'float32', read: () => decode(stored) }
  ]);
  return {
    id: 'layer',
    op: test.op,
    className: test.op,
    attributes: test.attributes as Attributes,
    inputs: test.inputs.map((_, i) => ({ node: `input ${i}`, output: 0 })),
    weights: Object.fromEntries(weights),
    outputShape: test.output.shape
  };
}

export async function runOpCase(test: OpCase): Promise<OpResult> {
  const before = tf.memory().numTensors;
  const steps = fuse(expandNode(nodeOf(test)), new Set(['layer']), new WeightFolder());
  const values: Values = new Map();
  const shapes = new Map<string, number[]>();
  const taps = test.inputs.map((stored, i) => {
    values.set(`input ${i}`, tf.tensor(decode(stored), stored.shape));
    shapes.set(`input ${i}`, stored.shape);
    return `input ${i}`;
  });
  const walk = { weights: new WeightStore(), pacer: new Pacer({ aborted: false }), onStep: () => undefined };
  await forward(steps, values, shapes, walk, () => undefined);
  const seed = { at: 'layer', gradient: decode(test.seed) };
  const gradients = await readGradients(
    gradientRegion(steps, taps, 'layer'),
    values,
    shapes,
    seed,
    new Set(taps),
    walk
  );
  const result = {
    shape: values.get('layer')!.shape,
    output: relativeError(values.get('layer')!.dataSync(), decode(test.output)),
    gradients: taps.map((tap, i) => {
      const expected = decode(test.gradients[i]);
      return relativeError(gradients.get(tap) ?? new Float32Array(expected.length), expected);
    })
  };
  values.forEach(tensor => tensor.dispose());
  walk.weights.dispose();
  return { ...result, leaked: tf.memory().numTensors - before };
}
