import { expect, it } from 'vitest';
import type { LayerInfo, ModelSummary } from '../graph/layer-info';
import { layerStep, layersWithMaps } from './layer-steps';

const layer = (id: string, spatial = true, unsupported: string | null = null): LayerInfo => ({
  id,
  op: 'Conv2D',
  inputs: [],
  outputShape: [2, 2, 1],
  parameters: 0,
  nonTrainable: 0,
  spatial,
  explainable: spatial,
  unsupported
});
const model = {
  layers: [
    layer('image'),
    layer('a'),
    layer('b'),
    layer('flat', false),
    layer('c'),
    layer('lambda', true, 'cannot run'),
    layer('dense', false)
  ]
} as ModelSummary;

it('lists the layers with maps', () => {
  expect(layersWithMaps(model).map(({ id }) => id)).toEqual(['image', 'a', 'b', 'c']);
});

it.each([
  ['a', 1, 'b'],
  ['b', 1, 'c'],
  ['c', 1, 'c'],
  ['a', -1, 'image'],
  ['image', -1, 'image'],
  ['flat', 1, 'c'],
  ['flat', -1, 'b'],
  ['dense', 1, 'c'],
  ['dense', -1, 'c'],
  [null, 1, 'image'],
  ['image', 2, 'b']
])('from %s by %i is %s', (from, by, to) => {
  expect(layerStep(model, from, by)?.id).toBe(to);
});

it('is null where no layer has maps', () => {
  expect(layerStep({ ...model, layers: [layer('dense', false)] }, 'dense', 1)).toBeNull();
});
