import { describe, expect, it } from 'vitest';
import { graphOf, node } from '../engine/testing/graphs';
import { architecture } from '../formats/testing/reader-data';
import { inputScalings } from './input-scaling';
import type { Attributes, GraphNode, WeightRef } from './model-graph';

const shape = [null, 8, 8, 3];
const image = node('image', 'InputLayer', [], shape);
const conv = (from: string): GraphNode => node('conv', 'Conv2D', [from], [null, 8, 8, 4]);
const layer = (id: string, op: string, from: string, attributes: Attributes = {}): GraphNode =>
  node(id, op, [from], shape, attributes);
const withNumber = (id: string, op: string, from: string, constant: number): GraphNode => ({
  ...layer(id, op, from),
  inputs: [{ node: from, output: 0 }, { constant }]
});

describe('inputScalings', () => {
  it.each<[string, GraphNode[], number]>([
    ['Rescaling(1/255)', [layer('a', 'Rescaling', 'image', { scale: 1 / 255 })], 255],
    ['Rescaling(1/127.5, -1)', [layer('a', 'Rescaling', 'image', { scale: 1 / 127.5, offset: -1 })], 255],
    ['Rescaling(2, -1)', [layer('a', 'Rescaling', 'image', { scale: 2, offset: -1 })], 1],
    ['x / 127.5 - 1', [withNumber('a', 'op:divide', 'image', 127.5), withNumber('b', 'op:subtract', 'a', 1)], 255],
    [
      'Rescaling behind augmentation and resizing',
      [
        layer('flip', 'RandomFlip', 'image'),
        layer('size', 'Resizing', 'flip'),
        layer('a', 'Rescaling', 'size', { scale: 1 / 255 })
      ],
      255
    ],
    ['Normalization', [layer('a', 'Normalization', 'image', { mean: [100, 120, 140], variance: [3600] })], 180]
  ])('knows how far %s reaches', (_, first, reach) => {
    const found = inputScalings(graphOf([image, ...first, conv(first[first.length - 1].id)])).image;
    expect(found.layer).toBe('a');
    expect(found.reach).toBeCloseTo(reach, 5);
  });

  it('reads the statistics that adapt() found', () => {
    const statistic = (value: number): WeightRef => ({
      name: 'w',
      shape: [1],
      dtype: 'float32',
      read: () => Float32Array.of(value)
    });
    const adapted = {
      ...layer('a', 'Normalization', 'image'),
      weights: { mean: statistic(5), variance: statistic(36) }
    };
    expect(inputScalings(graphOf([image, adapted, conv('a')])).image.reach).toBeCloseTo(11, 5);
  });

  it('is that of keras.applications', () => {
    const [scaling] = Object.values(inputScalings(architecture('EfficientNetB0.keras3')));
    expect(scaling.layer).toBe('rescaling');
    expect(scaling.reach).toBeGreaterThan(100);
    expect(inputScalings(architecture('ResNet50.keras3'))).toEqual({});
  });

  it.each<[string, GraphNode[]]>([
    ['no scaling', [image, conv('image')]],
    ['scaling behind a layer with weights', [image, conv('image'), layer('a', 'Rescaling', 'conv', { scale: 2 })]],
    ['statistics that are not there', [image, layer('a', 'Normalization', 'image'), conv('a')]],
    ['an input that branches', [image, layer('a', 'Rescaling', 'image', { scale: 1 / 255 }), conv('image')]]
  ])('is none of %s', (_, nodes) => {
    expect(inputScalings(graphOf(nodes))).toEqual({});
  });
});
