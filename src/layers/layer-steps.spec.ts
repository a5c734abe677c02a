import { expect, it } from 'vitest';
import { layerInfo, modelSummary } from '../graph/testing/layer-info';
import { type Message, verbatim } from '../messages/message';
import { layerStep, layersWithMaps } from './layer-steps';

const layer = (id: string, spatial = true, unsupported: Message | null = null) =>
  layerInfo(id, { spatial, explainable: spatial, unsupported });
const model = modelSummary([
  layer('image'),
  layer('a'),
  layer('b'),
  layer('flat', false),
  layer('c'),
  layer('lambda', true, verbatim('cannot run')),
  layer('dense', false)
]);

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
