import { describe, expect, it } from 'vitest';
import { layerInfo, modelSummary } from '../graph/testing/layer-info';
import { english } from '../messages/message';
import { findLayer, layerOrDefault, missingLayer } from './find-layer';

const ids = ['a/conv', 'b/conv', 'a/pool', 'relu_1/out', 'head'];
const model = modelSummary(
  ids.map(id => layerInfo(id)),
  { defaultLayer: 'b/conv' }
);

describe('findLayer', () => {
  it.each([
    ['a/conv', 'a/conv'],
    ['a_conv', 'a/conv'],
    ['pool', 'a/pool'],
    // Two models have one.
    ['conv', null],
    ['ool', null],
    ['Head', null]
  ])('%s finds %s', (asked, found) => {
    expect(findLayer(model, asked)?.id ?? null).toBe(found);
  });
});

describe('layerOrDefault', () => {
  it.each([
    ['head', 'head'],
    ['pool', 'a/pool'],
    ['haed', 'b/conv'],
    [null, 'b/conv']
  ])('of %s is %s', (asked, shown) => {
    expect(layerOrDefault(model, asked)?.id).toBe(shown);
  });
});

describe('missingLayer', () => {
  it.each([
    [null, null],
    ['pool', null],
    ['conv', 'm.keras has no layer “conv”: “b/conv” is shown. Did you mean “a/conv”?'],
    [
      'xyz',
      'm.keras has no layer “xyz”: “b/conv” is shown. Pick one in the Layer list; names are those of model.summary().'
    ]
  ])('of %s says %s', (asked, said) => {
    const told = missingLayer(model, asked);
    expect(told && english(told)).toBe(said);
  });

  it('says which name is missing where no layer can be shown', () => {
    const dense = modelSummary([layerInfo('dense', { unsupported: { text: 'no', values: [] } })]);
    expect(english(missingLayer(dense, 'dens')!)).toBe('m.keras has no layer “dens”. Did you mean “dense”?');
  });
});
