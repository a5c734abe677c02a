import { expect, it } from 'vitest';
import { type ModelSpec, TensorRef } from '../config/spec';
import { outputNames } from './output-names';

const of = (layers: string[], own: string[] | null = null): string[] =>
  outputNames({ outputs: layers.map((layer, i) => new TensorRef(layer, 0, i)), outputNames: own } as ModelSpec);

it.each([
  ['one for each layer', ['head', 'box'], ['head', 'box']],
  [
    'numbered where a layer gives several',
    ['head', 'inner', 'inner', 'inner'],
    ['head', 'inner', 'inner_1', 'inner_2']
  ],
  ['none that another output has', ['inner', 'inner', 'inner_1'], ['inner', 'inner_2', 'inner_1']]
])('names outputs: %s', (_, layers, names) => expect(of(layers)).toEqual(names));

it('takes the names that the file gives', () =>
  expect(of(['a', 'b'], ['first', 'second'])).toEqual(['first', 'second']));
