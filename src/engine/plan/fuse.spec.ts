import { describe, expect, it } from 'vitest';
import type { ModelGraph } from '../../graph/model-graph';
import { graphOf, node, smallCnn, weight } from '../testing/graphs';
import { expandGraph } from './expand';
import { fuse } from './fuse';
import { gradientRegion, stepsFor } from './region';
import { WeightFolder } from './weight-folder';

const planned = (graph: ModelGraph, keep: string[] = []) => fuse(expandGraph(graph), new Set(keep), new WeightFolder());
const ids = (steps: { id: string }[]) => steps.map(step => step.id);

describe('fuse', () => {
  it('merges padding, BatchNormalization and ReLU into convolutions and drops what does nothing', () => {
    expect(ids(planned(smallCnn()))).toEqual([
      'relu1',
      'conv2',
      'add',
      'relu2',
      'pool',
      'conv3',
      'gap',
      'dense#0',
      'dense'
    ]);
  });

  it('leaves values that are wanted alone', () => {
    expect(ids(planned(smallCnn(), ['conv1', 'bn2', 'drop', 'pad']))).toEqual([
      'pad',
      'conv1',
      'relu1',
      'drop',
      'conv2',
      'add',
      'bn2',
      'relu2',
      'pool',
      'conv3',
      'gap',
      'dense#0',
      'dense'
    ]);
  });

  it('does without a value where a scale and shift of it will do, and says of which', () => {
    const keep = new Set(['conv1', 'bn1', 'add', 'bn2']);
    const steps = fuse(expandGraph(smallCnn()), keep, new WeightFolder(), keep);
    expect(ids(steps)).toEqual([
      'bn1',
      'relu1',
      'conv2',
      'add',
      'bn2',
      'relu2',
      'pool',
      'conv3',
      'gap',
      'dense#0',
      'dense'
    ]);
    expect(steps[0].affineOf?.value).toBe('conv1');
    const alone = fuse(expandGraph(smallCnn()), new Set(['conv1']), new WeightFolder(), new Set(['conv1']));
    expect(ids(alone).slice(0, 2)).toEqual(['conv1', 'relu1']);
    expect(alone.some(step => step.affineOf)).toBe(false);
  });

  it('keeps a value that two layers read', () => {
    const shape = [null, 4, 4, 2];
    const graph = graphOf([
      node('image', 'InputLayer', [], shape),
      node('conv', 'Conv2D', ['image'], shape, { padding: 'same' }, { kernel: weight('k', [1, 1, 2, 2], 1) }),
      node('relu', 'ReLU', ['conv'], shape),
      node('add', 'Add', ['conv', 'relu'], shape)
    ]);
    expect(ids(planned(graph))).toEqual(['conv', 'relu', 'add']);
  });

  it('does not merge padding that is wider than the kernel reaches, nor into pooling', () => {
    const graph = graphOf([
      node('image', 'InputLayer', [], [null, 4, 4, 2]),
      node('pad1', 'ZeroPadding2D', ['image'], [null, 8, 8, 2], { padding: 2 }),
      node('conv', 'Conv2D', ['pad1'], [null, 7, 7, 2], { padding: 'valid' }, { kernel: weight('k', [2, 2, 2, 2], 1) }),
      node('pad2', 'ZeroPadding2D', ['conv'], [null, 9, 9, 2], { padding: 1 }),
      node('pool', 'MaxPooling2D', ['pad2'], [null, 4, 4, 2], { pool_size: [3, 3], strides: [2, 2] })
    ]);
    expect(ids(planned(graph))).toEqual(['pad1', 'conv', 'pad2', 'pool']);
  });

  it('gives every plan of a model the same folded weights', () => {
    const steps = expandGraph(smallCnn());
    const folder = new WeightFolder();
    const [a, b] = [[], ['add']].map(keep => fuse(steps, new Set(keep), folder)[0].weights.kernel);
    expect(a).toBe(b);
  });
});

describe('stepsFor', () => {
  it('goes back only to values at hand', () => {
    const plan = planned(smallCnn());
    expect(ids(stepsFor(plan, new Set(['pool']), new Set(['image', 'add'])))).toEqual(['relu2', 'pool']);
    expect(stepsFor(plan, new Set(['pool']), new Set(['pool']))).toEqual([]);
  });
});

describe('gradientRegion', () => {
  it('lies between the taps and the score, and saves what its gradients read', () => {
    const region = gradientRegion(planned(smallCnn(), ['add']), ['add'], 'dense#0');
    expect(ids(region.steps)).toEqual(['relu2', 'pool', 'conv3', 'gap', 'dense#0']);
    // relu2 for its mask and as what pooling chose from; convolutions and means read nothing.
    expect([...region.saved]).toEqual(['relu2']);
  });

  it('is empty for a tap that the score does not depend on', () => {
    expect(gradientRegion(planned(smallCnn(), ['dense']), ['dense'], 'dense#0').steps).toEqual([]);
  });
});
