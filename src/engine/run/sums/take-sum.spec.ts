/** Values taken apart, beside Keras on TensorFlow: five models, every layer, and small ones by hand. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../../formats';
import type { Attributes, GraphNode, ModelGraph, WeightRef } from '../../../graph/model-graph';
import { english } from '../../../messages/message';
import type { CellSum } from '../../protocol/sums';
import { useBackend } from '../../testing/backends';
import { engineOf, request } from '../../testing/engines';
import { graphOf, node } from '../../testing/graphs';
import { decode, type StoredTensor } from '../../testing/numbers';
import { readReference } from '../../testing/references';
import { MOST_SUMMANDS } from './budget';

interface Cell {
  layer: string;
  at: number[];
  value: number;
  /** The layer's largest value. */
  size: number;
  /** What one input channel adds, [channel, value]. */
  alone?: [number, number][];
}

const FOLDER = 'conformance/data/explain';
const cases = readReference<{ file: string; input: StoredTensor; cells: Cell[] }[]>(
  `${FOLDER}/sums.json`,
  'conformance/explain/sums.py'
);

/** What the panel tells as the end of its sum. */
const endOf = ({ parts, activation }: CellSum): number => activation?.result ?? parts?.total ?? NaN;

/**
 * The largest summand: single precision rounds Keras' own sum by a part of it, however small the sum is. What is
 * passed on carries the rounding of the layers before.
 */
function scaleOf({ parts }: CellSum, { size }: Cell): number {
  switch (parts?.kind) {
    case 'products': {
      const { values, weights, factors, rows, columns } = parts;
      return values.reduce(
        (most, value, i) =>
          Math.max(most, Math.abs(value * weights[i] * (factors?.[Math.floor(i / (rows * columns))] ?? 1))),
        Math.abs(parts.bias ?? 0)
      );
    }
    case 'values':
      return size;
    case 'normalization':
      return Math.max(Math.abs(parts.x), Math.abs(parts.mean)) / Math.sqrt(parts.variance);
    case 'max':
    case 'mean':
      return parts.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    default:
      return 0;
  }
}

const near = (found: number, expected: number, scale: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-5 * Math.max(Math.abs(expected), scale) + 1e-30);

describe.each(cases.map(one => [one.file, one] as const))('%s', (file, { input, cells }) => {
  let graph: ModelGraph;
  const found = new Map<Cell, CellSum>();

  beforeAll(async () => {
    await useBackend('cpu');
    graph = await readModel(new Uint8Array(readFileSync(`${FOLDER}/${file}`)), file);
    const engine = await engineOf(graph);
    const tensor = { shape: input.shape, data: decode(input) };
    for (const cell of cells) {
      const { sum } = await engine.run(request(tensor, { sum: { layer: cell.layer, at: cell.at } }));
      found.set(cell, sum!);
    }
    engine.close('model');
  }, 120_000);

  it('takes every layer apart', () => {
    const whole = cells.filter(cell => found.get(cell)!.parts === null).map(({ layer }) => layer);
    expect(whole).toEqual([]);
    expect(cells.length).toBeGreaterThan(10);
  });

  it('sums up to what Keras computes, and the map shows', () => {
    for (const cell of cells) {
      const sum = found.get(cell)!;
      near(endOf(sum), cell.value, scaleOf(sum, cell));
      near(sum.value, cell.value, scaleOf(sum, cell));
    }
  });

  it('adds of each channel what Keras computes of it alone', () => {
    let compared = 0;
    for (const cell of cells) {
      const { parts } = found.get(cell)!;
      for (const [channel, expected] of cell.alone ?? []) {
        const sums = parts?.kind === 'products' ? parts : null;
        const own = [...(sums?.channels ?? [])].reduce((all, of, i) => (of === channel ? all + sums!.sums[i] : all), 0);
        near(own, expected, scaleOf(found.get(cell)!, cell));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('names the cells that were read', () => {
    for (const cell of cells) {
      const { parts } = found.get(cell)!;
      if (parts?.kind === 'values') {
        parts.terms.forEach(({ of }) => of && expect(graph.nodes.map(({ id }) => id)).toContain(of.layer));
      }
    }
  });
});

describe('by hand', () => {
  beforeAll(() => useBackend('cpu'));
  const image = { shape: [1, 3, 3, 2], data: Float32Array.from({ length: 18 }, (_, i) => i) };
  const weight = (shape: number[], make: (i: number) => number): WeightRef => ({
    name: 'w',
    shape,
    dtype: 'float32',
    read: () => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => make(i))
  });
  const layerOf = (op: string, size: number[], attributes: Attributes, weights: Record<string, WeightRef> = {}) =>
    node('layer', op, ['image'], [null, ...size], attributes, weights);
  const take = async (layer: GraphNode, at: number[], given = image): Promise<CellSum> => {
    const input = node('image', 'InputLayer', [], [null, ...given.shape.slice(1)]);
    const engine = await engineOf(graphOf([input, layer]));
    try {
      const { sum } = await engine.run(request(given, { sum: { layer: 'layer', at } }));
      return sum!;
    } finally {
      engine.close('model');
    }
  };
  const pointwise = layerOf(
    'Conv2D',
    [3, 3, 1],
    { filters: 1, kernel_size: [1, 1] },
    { kernel: weight([1, 1, 2, 1], () => 1) }
  );

  it('marks the padding, multiplies, and sums by channel', async () => {
    // All weights of the first channel are 1, of the second 10.
    const kernel = weight([3, 3, 2, 1], i => (i % 2 === 0 ? 1 : 10));
    const conv = layerOf(
      'Conv2D',
      [3, 3, 1],
      { filters: 1, kernel_size: [3, 3], padding: 'same', activation: 'relu' },
      { kernel, bias: weight([1], () => -1000) }
    );
    const { parts, activation, value } = await take(conv, [0, 0, 0]);
    expect(parts).toMatchObject({
      kind: 'products',
      rowsAt: Int32Array.of(-1, 0, 1),
      columnsAt: Int32Array.of(-1, 0, 1),
      bias: -1000,
      // Cells (0, 0), (0, 1), (1, 0), (1, 1) hold 0, 2, 6, 8 and 1, 3, 7, 9.
      sums: Float64Array.of(16, 200),
      total: -784
    });
    expect(activation).toEqual({ name: 'relu', result: 0, among: 1 });
    expect(value).toBe(0);
  });

  it('finds the winner of a window, the first of equal ones, and the mean of what lies inside', async () => {
    const attributes = { pool_size: [2, 2], padding: 'same', strides: [2, 2] };
    const largest = layerOf('MaxPooling2D', [2, 2, 2], attributes);
    expect((await take(largest, [0, 0, 1])).parts).toMatchObject({ kind: 'max', winner: 3, count: 4, total: 9 });
    expect((await take(largest, [1, 1, 0])).parts).toMatchObject({ kind: 'max', winner: 0, count: 1, total: 16 });
    const level = { ...image, data: new Float32Array(18) };
    expect((await take(largest, [0, 0, 0], level)).parts).toMatchObject({ winner: 0 });
    const mean = layerOf('AveragePooling2D', [2, 2, 2], attributes);
    expect((await take(mean, [1, 0, 0])).parts).toMatchObject({ kind: 'mean', count: 2, total: 13 });
  });

  it('normalizes', async () => {
    const [mean, variance, gamma, beta] = [2, 3, 5, 7].map(value => weight([2], at => value + at));
    const weights = { moving_mean: mean, moving_variance: variance, gamma, beta };
    const { parts } = await take(layerOf('BatchNormalization', [3, 3, 2], { epsilon: 1 }, weights), [0, 2, 0]);
    // (4 - 2) / sqrt(3 + 1) * 5 + 7
    expect(parts).toMatchObject({ x: 4, mean: 2, variance: 3, gamma: 5, beta: 7, epsilon: 1, total: 12 });
  });

  it('refuses in a sentence what it cannot tell', async () => {
    await expect(take(pointwise, [3, 0, 0])).rejects.toThrow(
      'The layer layer has no value at (3, 0, 0): its output is 3 × 3 × 1.'
    );
    const count = MOST_SUMMANDS + 1;
    const wide = layerOf('Dense', [1], { units: 1 }, { kernel: weight([count, 1], () => 0) });
    await expect(take(wide, [0], { shape: [1, count], data: new Float32Array(count) })).rejects.toThrow(
      'This value is a sum of 262,145 products, more than the 262,144 that are shown'
    );
    const weights = { gamma: weight([2], () => 1), beta: weight([2], () => 0) };
    const layer = layerOf('LayerNormalization', [3, 3, 2], { axis: [-1], epsilon: 1 }, weights);
    const { parts, reason, value } = await take(layer, [0, 0, 0]);
    expect(parts).toBeNull();
    expect(english(reason!)).toContain('a layer of class LayerNormalization computes is not taken apart here');
    expect(value).toBeLessThan(0);
  });
});
