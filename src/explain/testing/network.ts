/** The small network that explanation methods are compared on; conformance/explain/network.py is its twin. */
import type { TensorData } from '../../engine/protocol/protocol';
import { graphOf, node } from '../../engine/testing/graphs';
import type { GraphNode, ModelGraph, WeightRef } from '../../graph/model-graph';

const INPUT = [2, 16, 20, 3];
export const LAYER = 'features';
/** The class explained. */
export const TARGET = 2;

/** Numbers in -scale..scale without a short period. */
function wave(length: number, phase: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(0.37 * i * i + 1.3 * i + phase));
}

const product = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

function weights(index: number, shape: number[]): Record<string, WeightRef> {
  const fanIn = product(shape.slice(0, -1));
  const outputs = shape[shape.length - 1];
  return {
    kernel: {
      name: 'kernel',
      shape,
      dtype: 'float32',
      read: () => wave(product(shape), 1 + index, 1.5 / Math.sqrt(fanIn))
    },
    bias: { name: 'bias', shape: [outputs], dtype: 'float32', read: () => wave(outputs, 11 + index, 0.1) }
  };
}

export function network(): ModelGraph {
  const conv = { padding: 'same', activation: 'relu' };
  const nodes: GraphNode[] = [
    node('image', 'InputLayer', [], [null, 16, 20, 3]),
    node('conv1', 'Conv2D', ['image'], [null, 16, 20, 6], conv, weights(0, [3, 3, 3, 6])),
    node('pool', 'MaxPooling2D', ['conv1'], [null, 8, 10, 6], { pool_size: [2, 2] }),
    node(LAYER, 'Conv2D', ['pool'], [null, 8, 10, 10], conv, weights(1, [3, 3, 6, 10])),
    node('last', 'Conv2D', [LAYER], [null, 6, 8, 8], { activation: 'relu' }, weights(2, [3, 3, 10, 8])),
    node('gap', 'GlobalAveragePooling2D', ['last'], [null, 8]),
    node('dense', 'Dense', ['gap'], [null, 4], { activation: 'softmax' }, weights(3, [8, 4]))
  ];
  return graphOf(nodes);
}

export function picture(): TensorData {
  const [samples, height, width, channels] = INPUT;
  const data = wave(product(INPUT), 0.5, 0.3);
  const smooth = new Float32Array(data.length);
  for (let s = 0, at = 0; s < samples; s++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++, at++) {
          smooth[at] = data[at] + Math.sin(0.3 * y + 0.2 * x * (1 + c) + s);
        }
      }
    }
  }
  return { shape: INPUT, data: smooth };
}
