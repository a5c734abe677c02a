/**
 * Gradients of operations on random geometries, without a reference: what is
 * linear, or positively homogeneous as max pooling and ReLU, obeys Euler's
 * theorem, <dy, f(x)> = <gradient of <dy, f> at x, x>.
 */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Attributes, GraphNode } from '../../graph/model-graph';
import { WeightStore } from '../model/weight-store';
import { expandNode } from '../plan/expand';
import { gradientRegion } from '../plan/region';
import { type Values } from '../plan/step';
import { forward } from '../run/executor';
import { Pacer } from '../run/pacer';
import { readGradients } from '../run/read-gradients';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { node, noise, weight } from '../testing/graphs';

const ROUNDS = { numRuns: 60 };
/** On the cpu backend, a transposed convolution of a volume takes some tenths of a second. */
const ROUNDS_OF_VOLUMES = { numRuns: 15 };

interface Case {
  layer: GraphNode;
  shape: number[];
  /** Whole numbers, so that windows have ties. */
  whole: boolean;
}

async function products({ layer, shape, whole }: Case): Promise<[number, number]> {
  const x = noise(
    shape.reduce((a, b) => a * b, 1),
    11
  ).map(value => (whole ? Math.round(4 * value) : value));
  const values: Values = new Map([['x', tf.tensor(x, shape)]]);
  const shapes = new Map([['x', shape]]);
  const steps = expandNode(layer);
  const walk = { weights: new WeightStore(), pacer: new Pacer({ aborted: false }), onStep: () => undefined };
  try {
    await forward(steps, values, shapes, walk, () => undefined);
    const y = values.get(layer.id)!.dataSync();
    const gradient = noise(y.length, 12);
    const region = gradientRegion(steps, ['x'], layer.id);
    const found = await readGradients(region, values, shapes, { at: layer.id, gradient }, new Set(['x']), walk);
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
    return [dot(gradient, y), dot(found.get('x')!, x)];
  } finally {
    values.forEach(tensor => tensor.dispose());
    walk.weights.dispose();
  }
}

const at = (op: string, attributes: Attributes, weights = {}) =>
  node('f', op, ['x'], op.includes('3D') ? Array<null>(5).fill(null) : [null, null, null, null], attributes, weights);
const few = (max: number) => fc.integer({ min: 1, max });
const geometry = fc.record({
  height: fc.integer({ min: 5, max: 11 }),
  width: fc.integer({ min: 5, max: 11 }),
  window: fc.tuple(few(3), few(3)),
  stride: few(3),
  dilation: few(2),
  padding: fc.constantFrom('same', 'valid'),
  whole: fc.boolean()
});
type Geometry = typeof geometry extends fc.Arbitrary<infer G> ? G : never;

const OPS: [string, (g: Geometry) => GraphNode][] = [
  ['max pooling', g => at('MaxPooling2D', { pool_size: g.window, strides: [g.stride, g.stride], padding: g.padding })],
  [
    'average pooling',
    g => at('AveragePooling2D', { pool_size: g.window, strides: [g.stride, g.stride], padding: g.padding })
  ],
  // Strides and dilations exclude each other in Keras.
  ...([1, 2, 4].map(groups => [
    `convolution in ${groups} groups`,
    (g: Geometry) =>
      at(
        'Conv2D',
        {
          padding: g.padding,
          groups,
          kernel_size: g.window,
          ...(g.dilation > 1 ? { dilation_rate: [2, 2] } : { strides: [g.stride, g.stride] })
        },
        { kernel: weight('kernel', [...g.window, 4 / groups, 4], 3) }
      )
  ]) as [string, (g: Geometry) => GraphNode][]),
  [
    'depthwise convolution',
    g =>
      at(
        'DepthwiseConv2D',
        {
          padding: g.padding,
          kernel_size: g.window,
          ...(g.dilation > 1 ? { dilation_rate: [2, 2] } : { strides: [g.stride, g.stride] })
        },
        { depthwise_kernel: weight('kernel', [...g.window, 4, 2], 3) }
      )
  ],
  [
    'transposed convolution',
    g =>
      at(
        'Conv2DTranspose',
        { padding: g.padding, kernel_size: g.window, strides: [g.stride, g.stride] },
        { kernel: weight('kernel', [...g.window, 3, 4], 3) }
      )
  ],
  ['bilinear upsampling', g => at('UpSampling2D', { size: [g.stride, g.window[0]], interpolation: 'bilinear' })],
  ['resizing', g => at('Resizing', { height: 4 + g.stride, width: 9 + g.window[1], interpolation: 'bilinear' })],
  ['leaky ReLU', () => at('LeakyReLU', { negative_slope: 0.3 })]
];

const strides = ({ stride, height }: Geometry): number[] => [1 + (height % 3), stride, stride];

/** On volumes; without max pooling, in which equal values each get all of the gradient, so that the theorem fails. */
const VOLUME_OPS: [string, (g: Geometry) => GraphNode][] = [
  [
    'average pooling of volumes',
    g => at('AveragePooling3D', { pool_size: [2, ...g.window], strides: strides(g), padding: g.padding })
  ],
  ...([1, 2].map(groups => [
    `convolution of volumes in ${groups} groups`,
    (g: Geometry) =>
      at(
        'Conv3D',
        {
          padding: g.padding,
          groups,
          ...(g.dilation > 1 ? { dilation_rate: [2, 1, 2] } : { strides: strides(g) })
        },
        { kernel: weight('kernel', [2, ...g.window, 4 / groups, 4], 3) }
      )
  ]) as [string, (g: Geometry) => GraphNode][]),
  [
    'transposed convolution of volumes',
    g =>
      at(
        'Conv3DTranspose',
        { padding: g.padding, strides: strides(g) },
        { kernel: weight('kernel', [3, ...g.window, 3, 4], 3) }
      )
  ],
  ['repeated volumes', g => at('UpSampling3D', { size: [g.stride, ...g.window] })]
];

describe.each(NODE_BACKENDS)('Euler’s theorem on %s', backend => {
  beforeAll(() => useBackend(backend));

  const shapeOf = (op: string, { height, width }: Geometry): number[] =>
    op.includes('3D') ? [2, Math.ceil(width / 2), 5, 6, 4] : [2, height, width, 4];

  const all = [
    ...OPS.map(([name, make]) => [name, make, ROUNDS] as const),
    ...VOLUME_OPS.map(([name, make]) => [name, make, ROUNDS_OF_VOLUMES] as const)
  ];
  it.each(all)('%s', (_, make, rounds) =>
    fc.assert(
      fc.asyncProperty(geometry, async g => {
        const [forwards, backwards] = await products({
          layer: make(g),
          shape: shapeOf(make(g).op, g),
          whole: g.whole
        });
        expect(Math.abs(forwards - backwards)).toBeLessThan(1e-4 * Math.max(1, Math.abs(forwards)));
      }),
      rounds
    )
  );
});
