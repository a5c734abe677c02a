import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayerInfo } from '../graph/layer-info';
import { graphLayout } from './graph-layout';
import { type LayerNode, layerTree } from './layer-tree';

const layer = (id: string, ...inputs: string[]): LayerInfo => ({
  id,
  op: 'Conv2D',
  inputs,
  sees: [],
  outputShape: [2, 2, 1],
  parameters: 0,
  nonTrainable: 0,
  family: 'convolution',
  sharesWeights: false,
  tokens: null,
  spatial: true,
  explainable: true,
  seesRows: null,
  placeReaders: {},
  unsupported: null
});
const plain = (layers: LayerInfo[]): LayerNode[] =>
  layers.map(one => ({ kind: 'layer', key: one.id, label: one.id, layer: one }));
const lanesOf = (layers: LayerInfo[]): Record<string, number> =>
  Object.fromEntries(graphLayout(plain(layers), new Set(), layers).rows.map(({ node, lane }) => [node.key, lane]));

describe('graphLayout', () => {
  it('draws a chain as one line', () => {
    const layers = [layer('a'), layer('b', 'a'), layer('c', 'b')];
    expect(graphLayout(plain(layers), new Set(), layers).lanes).toBe(1);
  });

  it('draws a skip connection beside the branch that it passes', () => {
    const lanes = lanesOf([layer('a'), layer('b', 'a'), layer('c', 'b'), layer('add', 'c', 'a'), layer('end', 'add')]);
    expect(lanes).toEqual({ a: 0, b: 1, c: 1, add: 0, end: 0 });
  });

  it('ends the lanes of values that nobody reads any more', () => {
    const layers = [
      layer('a'),
      layer('b', 'a'),
      layer('c', 'a'),
      layer('d', 'a'),
      layer('cat', 'b', 'c', 'd'),
      layer('e', 'cat')
    ];
    const { lanes, rows } = graphLayout(plain(layers), new Set(), layers);
    expect(lanes).toBe(3);
    expect(rows[5].lane).toBe(rows[4].lane);
  });

  it('shows closed blocks as one node, joined by what goes into and out of them', () => {
    const layers = [layer('image'), layer('conv1_a', 'image'), layer('conv1_b', 'conv1_a'), layer('head', 'conv1_b')];
    const tree = layerTree(layers);
    const closed = graphLayout(tree, new Set(), layers);
    expect(closed.rows.map(({ node, readers }) => [node.label, readers])).toEqual([
      ['image', [1]],
      ['conv1', [2]],
      ['head', []]
    ]);
    expect(closed.rowOf.get('conv1_b')).toBe(1);
    expect(graphLayout(tree, new Set(['conv1']), layers).rows.map(({ node }) => node.label)).toEqual([
      'image',
      'conv1_a',
      'conv1_b',
      'head'
    ]);
  });

  it('never gives two living values one lane', () => {
    const graphs = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(graphs, edges => {
        const layers = edges.map((from, i) => layer(`n${i}`, ...(i === 0 ? [] : from.map(n => `n${n % i}`))));
        const { rows } = graphLayout(plain(layers), new Set(), layers);
        rows.forEach((a, i) => {
          const last = a.readers[a.readers.length - 1] ?? i;
          rows.slice(i + 1, last).forEach(b => expect(b.lane).not.toBe(a.lane));
        });
      })
    );
  });
});
