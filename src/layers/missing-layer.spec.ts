import { describe, expect, it } from 'vitest';
import { layerInfo, modelSummary } from '../graph/testing/layer-info';
import { english } from '../messages/message';
import { missingLayer } from './missing-layer';

const model = modelSummary(
  ['a/conv', 'b/conv', 'a/pool', 'head'].map(id => layerInfo(id)),
  { defaultLayer: 'b/conv' }
);

describe('missingLayer', () => {
  it.each([
    [null, null],
    ['pool', null],
    ['conv', 'm.keras has no layer “conv”: “b/conv” is shown. Did you mean “a/conv”?'],
    ['a/cnv', 'm.keras has no layer “a/cnv”: “b/conv” is shown. Did you mean “a/conv”?'],
    [
      'xyz',
      'm.keras has no layer “xyz”: “b/conv” is shown. Pick one in the Layer list; names are those of model.summary().'
    ]
  ])('of %s says %s', (asked, said) => {
    const told = missingLayer(model, asked);
    expect(told && english(told)).toBe(said);
  });

  it('names none that is farther from what was asked than the layer shown', () => {
    const net = modelSummary(
      ['conv2d', 'conv3', 'conv4'].map(id => layerInfo(id)),
      { defaultLayer: 'conv3' }
    );
    expect(english(missingLayer(net, 'conv_3')!)).toBe(
      'm.keras has no layer “conv_3”: “conv3” is shown. Pick one in the Layer list; names are those of model.summary().'
    );
    expect(english(missingLayer(net, 'conv_4')!)).toMatch(/Did you mean “conv4”, “conv2d”/);
  });

  it('says which name is missing where no layer can be shown', () => {
    const dense = modelSummary([layerInfo('dense', { unsupported: { text: 'no', values: [] } })]);
    expect(english(missingLayer(dense, 'dens')!)).toBe('m.keras has no layer “dens”. Did you mean “dense”?');
  });
});
