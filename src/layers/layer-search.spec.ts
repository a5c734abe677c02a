import { describe, expect, it } from 'vitest';
import { layerInfo } from '../graph/testing/layer-info';
import { formatShape, searchLayers } from './layer-search';

const layer = (id: string, op: string, outputShape: (number | null)[]) => layerInfo(id, { op, outputShape });
const layers = [
  layer('conv1_relu', 'Activation', [112, 112, 64]),
  layer('pool1', 'MaxPooling2D', [56, 56, 64]),
  layer('block_conv1', 'Conv2D', [56, 56, 128])
];
const ids = (query: string): string[] => searchLayers(layers, query).map(found => found.id);

describe('searchLayers', () => {
  it('lists all layers in the model’s order for an empty query', () => {
    expect(ids('  ')).toEqual(['conv1_relu', 'pool1', 'block_conv1']);
  });
  it('finds by name, and puts names that begin with the query first', () => {
    expect(ids('conv1')).toEqual(['conv1_relu', 'block_conv1']);
    expect(ids('block')).toEqual(['block_conv1']);
  });
  it('finds by type and by shape, in either spelling, ignoring case', () => {
    expect(ids('maxpool')).toEqual(['pool1']);
    expect(ids('56x56x128')).toEqual(['block_conv1']);
    expect(ids('112×112')).toEqual(['conv1_relu']);
  });
  it('asks for every word', () => {
    expect(ids('56 conv')).toEqual(['block_conv1']);
    expect(ids('56 nothing')).toEqual([]);
  });
});

it('formatShape marks sizes that only the input decides', () => {
  expect(formatShape([null, null, 64])).toBe('?×?×64');
});
