import { describe, expect, it } from 'vitest';
import { layerInfo, modelSummary } from '../graph/testing/layer-info';
import { findLayer, layerOrDefault } from './find-layer';

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
