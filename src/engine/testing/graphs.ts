/** Small models for tests, with weights from a seeded generator. */
import type { Attributes, GraphNode, ModelGraph, Shape, WeightRef } from '../../graph/model-graph';

/** Numbers in -0.5..0.5, the same at every call with the same seed. */
export function noise(length: number, seed: number): Float32Array {
  let state = seed * 2654435761;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff - 0.5;
  });
}

export function weight(name: string, shape: number[], seed: number, offset = 0): WeightRef {
  const length = shape.reduce((a, b) => a * b, 1);
  return { name, shape, dtype: 'float32', read: () => noise(length, seed).map(value => value + offset) };
}

export function node(
  id: string,
  op: string,
  inputs: string[],
  outputShape: Shape,
  attributes: Attributes = {},
  weights: Record<string, WeightRef> = {}
): GraphNode {
  return {
    id,
    op,
    className: op,
    attributes,
    inputs: inputs.map(from => ({ node: from, output: 0 })),
    weights,
    outputShape
  };
}

export function graphOf(nodes: GraphNode[], options: Partial<ModelGraph> = {}): ModelGraph {
  const last = nodes[nodes.length - 1];
  const inputs = nodes.filter(entry => entry.op === 'InputLayer');
  return {
    name: 'test',
    format: 'keras-h5',
    kerasVersion: '3.15.0',
    nodes,
    inputs: inputs.map(entry => ({ node: entry.id, name: entry.id, shape: entry.outputShape })),
    outputs: [{ node: last.id, name: last.id, shape: last.outputShape }],
    unsupported: [],
    parameterCount: 0,
    dispose: () => undefined,
    ...options
  };
}

function batchNorm(id: string, from: string, shape: Shape, seed: number): GraphNode {
  const channels = [shape.at(-1) as number];
  return node(
    id,
    'BatchNormalization',
    [from],
    shape,
    { axis: -1, epsilon: 1e-3 },
    {
      gamma: weight(`${id}/gamma`, channels, seed, 1),
      beta: weight(`${id}/beta`, channels, seed + 1),
      moving_mean: weight(`${id}/mean`, channels, seed + 2),
      moving_variance: weight(`${id}/variance`, channels, seed + 3, 1)
    }
  );
}

/** Convolutions, BatchNormalization and ReLU to merge, a branch, pooling and a softmax head of 5 classes. */
export function smallCnn(): ModelGraph {
  const kernel = (id: string, shape: number[], seed: number) => ({
    kernel: weight(`${id}/kernel`, shape, seed),
    bias: weight(`${id}/bias`, [shape.at(-1) as number], seed + 50)
  });
  const shape: Shape = [null, 8, 8, 6];
  return graphOf([
    node('image', 'InputLayer', [], [null, 8, 8, 3]),
    node('pad', 'ZeroPadding2D', ['image'], [null, 10, 10, 3], {
      padding: [
        [1, 1],
        [1, 1]
      ]
    }),
    node(
      'conv1',
      'Conv2D',
      ['pad'],
      shape,
      { padding: 'valid', kernel_size: [3, 3] },
      kernel('conv1', [3, 3, 3, 6], 1)
    ),
    batchNorm('bn1', 'conv1', shape, 2),
    node('relu1', 'ReLU', ['bn1'], shape),
    node('drop', 'Dropout', ['relu1'], shape),
    node('conv2', 'Conv2D', ['drop'], shape, { padding: 'same', activation: 'relu' }, kernel('conv2', [3, 3, 6, 6], 7)),
    node('add', 'Add', ['drop', 'conv2'], shape),
    batchNorm('bn2', 'add', shape, 8),
    node('relu2', 'Activation', ['bn2'], shape, { activation: 'relu' }),
    node('pool', 'MaxPooling2D', ['relu2'], [null, 4, 4, 6], { pool_size: [2, 2] }),
    node('conv3', 'Conv2D', ['pool'], [null, 4, 4, 8], { padding: 'same' }, kernel('conv3', [3, 3, 6, 8], 9)),
    node('gap', 'GlobalAveragePooling2D', ['conv3'], [null, 8]),
    node('dense', 'Dense', ['gap'], [null, 5], { activation: 'softmax' }, kernel('dense', [8, 5], 10))
  ]);
}
