/** A tiny network with known answers, to tell whether a backend computes what Keras does. */
import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, GraphNode, WeightRef } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import { WeightStore } from '../model/weight-store';
import { expandNode } from '../plan/expand';
import { fuse } from '../plan/fuse';
import { gradientRegion } from '../plan/region';
import { type Values } from '../plan/step';
import { WeightFolder } from '../plan/weight-folder';
import { forward } from '../run/executor';
import { Pacer } from '../run/pacer';
import { readGradients } from '../run/read-gradients';
import { SELF_TEST_GRADIENT, SELF_TEST_OUTPUT } from './self-test-numbers';

const LIMIT = 1e-4;
const INPUT_SHAPE = [1, 6, 6, 3];

/** sin(0.7 (i + 1) + phase): the numbers that conformance/ops/self_test.py gives Keras. */
function wave(length: number, phase: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(0.7 * (i + 1) + phase));
}

function weight(name: string, shape: number[], phase: number, offset = 0): WeightRef {
  const length = shape.reduce((a, b) => a * b, 1);
  return { name, shape, dtype: 'float32', read: () => wave(length, phase).map(value => value + offset) };
}

function node(id: string, op: string, attributes: Attributes, weights: Record<string, WeightRef>): GraphNode {
  return { id, op, className: op, attributes, inputs: [], weights, outputShape: [1, 1, 1, 1] };
}

function network(): GraphNode[] {
  const nodes = [
    node(
      'conv',
      'Conv2D',
      { padding: 'same' },
      { kernel: weight('kernel', [3, 3, 3, 4], 0), bias: weight('bias', [4], 1) }
    ),
    node(
      'bn',
      'BatchNormalization',
      { axis: -1, epsilon: 1e-3 },
      {
        gamma: weight('gamma', [4], 2, 2),
        beta: weight('beta', [4], 3),
        moving_mean: weight('mean', [4], 4),
        moving_variance: weight('variance', [4], 5, 2)
      }
    ),
    node('relu', 'ReLU', {}, {}),
    node('pool', 'MaxPooling2D', { pool_size: 2 }, {}),
    node(
      'depthwise',
      'DepthwiseConv2D',
      { padding: 'same' },
      { kernel: weight('depthwise', [3, 3, 4, 1], 6), bias: weight('bias', [4], 7) }
    ),
    node('silu', 'Activation', { activation: 'silu' }, {}),
    node('mean', 'GlobalAveragePooling2D', {}, {}),
    node('dense', 'Dense', {}, { kernel: weight('kernel', [4, 3], 8), bias: weight('bias', [3], 9) })
  ];
  nodes.forEach((entry, i) => (entry.inputs = [{ node: i ? nodes[i - 1].id : 'input', output: 0 }]));
  return nodes;
}

function deviation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const size = Math.max(...Array.from(b, Math.abs));
  return Math.max(...Array.from(b, (value, i) => Math.abs(a[i] - value))) / size;
}

/** Output and gradient of the first output at the network's input, on the current backend. */
export async function runSelfTest(): Promise<{ output: Float32Array; gradient: Float32Array }> {
  const steps = fuse(
    network().flatMap(entry => expandNode(entry)),
    new Set(['dense']),
    new WeightFolder()
  );
  const input = tf.tensor(wave(108, 0.5), INPUT_SHAPE);
  const values: Values = new Map([['input', input]]);
  const shapes = new Map([['input', INPUT_SHAPE]]);
  const walk = { weights: new WeightStore(), pacer: new Pacer({ aborted: false }), onStep: () => undefined };
  try {
    await forward(steps, values, shapes, walk, () => undefined);
    const region = gradientRegion(steps, ['input'], 'dense');
    const seed = { at: 'dense', gradient: new Float32Array([1, 0, 0]) };
    const gradients = await readGradients(region, values, shapes, seed, new Set(['input']), walk);
    const output = await values.get('dense')!.data<'float32'>();
    return { output: output.slice(), gradient: gradients.get('input')! };
  } finally {
    values.forEach(tensor => tensor.dispose());
    walk.weights.dispose();
  }
}

/** The reason not to trust the current backend, or null. */
export async function selfTest(): Promise<Message | null> {
  const { output, gradient } = await runSelfTest();
  const worst = Math.max(
    deviation(output, SELF_TEST_OUTPUT),
    deviation(gradient.subarray(0, SELF_TEST_GRADIENT.length), SELF_TEST_GRADIENT)
  );
  return worst < LIMIT
    ? null
    : message('%1 computed a small known network wrongly (by %2)', tf.getBackend(), worst.toExponential(1));
}
