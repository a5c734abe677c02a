import { describe, expect, it } from 'vitest';
import { node } from '../engine/testing/graphs';
import { areFrames, displacedNodes } from './displaced';
import { defaultLayer } from './layers';
import type { Attributes, GraphNode, ModelGraph } from './model-graph';

const graphOf = (nodes: GraphNode[]): ModelGraph => ({
  name: 'm',
  format: 'none',
  kerasVersion: null,
  nodes,
  inputs: [],
  outputs: [{ node: nodes[nodes.length - 1].id, name: 'out', shape: [null, 5] }],
  unsupported: [],
  parameterCount: 0,
  dispose: () => undefined
});
const isSpatial = ({ outputShape }: GraphNode): boolean => outputShape.length > 2 && outputShape[1] !== 1;
const displaced = (...nodes: GraphNode[]): string[] => [...displacedNodes({ nodes }, isSpatial)];

const image = node('image', 'InputLayer', [], [null, 8, 8, 3]);
const conv = node('conv', 'Conv2D', ['image'], [null, 8, 8, 4]);

describe('displacedNodes', () => {
  it.each([
    ['op:moveaxis', { source: [-1], destination: [1] }],
    ['op:flip', { axis: [1] }],
    ['op:expand_dims', { axis: [3] }],
    ['op:reduce', { kind: 'mean', axis: [-1] }],
    ['op:slice', { begin: [0, 0, 0, 0], size: [-1, -1, -1, -1], picks: [[1, 3, 2, 1, 0]] }]
  ])('has %s of features and what comes after', (op, attributes) => {
    const after = node('after', 'op:function', ['moved'], [null, 4, 8, 8]);
    expect(displaced(image, conv, node('moved', op, ['conv'], [null, 4, 8, 8], attributes), after)).toEqual([
      'moved',
      'after'
    ]);
  });

  it.each([
    ['op:reduce', { kind: 'mean', axis: [-1], keepdims: true }],
    ['op:slice', { begin: [0, 0, 0, 0], size: [-1, -1, -1, -1], picks: [[1, 0, 2, 4, 6]] }],
    ['op:function', { function: 'abs' }]
  ])('has not %s, whose cells keep their order', (op, attributes) => {
    expect(displaced(image, conv, node('kept', op, ['conv'], [null, 8, 8, 4], attributes))).toEqual([]);
  });

  it('leaves features in their place that a displaced map weighs', () => {
    const mean = node('mean', 'op:reduce', ['conv'], [null, 8, 8], { kind: 'mean', axis: [-1] });
    const map = node('map', 'op:expand_dims', ['mean'], [null, 8, 8, 1], { axis: [3] });
    const weighed = node('weighed', 'op:multiply', ['conv', 'map'], [null, 8, 8, 4]);
    expect(displaced(image, conv, mean, map, weighed)).toEqual(['mean', 'map']);
  });

  it('takes an operator on the input for its layout', () => {
    expect(displaced(image, node('turned', 'op:moveaxis', ['image'], [null, 8, 3, 8]))).toEqual([]);
  });
});

it('does not begin with a layer behind moved axes', () => {
  const moved = node('moved', 'op:moveaxis', ['conv'], [null, 4, 8, 8], { source: [-1], destination: [1] });
  const scaled = node('scaled', 'op:multiply', ['moved'], [null, 4, 8, 8]);
  const out = node('out', 'Flatten', ['scaled'], [null, 256]);
  expect(defaultLayer(graphOf([image, conv, moved, scaled, out]))).toBe('conv');
});

const clip = node('x', 'InputLayer', [], [null, 6, 8, 8, 3]);
const frames = (op: string, from: string, shape: (number | null)[], attributes: Attributes = {}) =>
  areFrames({ nodes: [clip, node('flat', 'Flatten', ['x'], [null, 5, 9]), node('y', op, [from], shape, attributes)] });

it('takes the slices that a layer takes for steps for frames, and no others', () => {
  expect(frames('op:merge_steps', 'x', [null, 8, 8, 3])).toBe(true);
  expect(frames('ConvLSTM2D', 'x', [null, 6, 6, 4])).toBe(true);
  expect(frames('Conv3D', 'x', [null, 4, 6, 6, 4])).toBe(false);
  // Steps, but of something else.
  expect(frames('LSTM', 'flat', [null, 4])).toBe(false);
});
