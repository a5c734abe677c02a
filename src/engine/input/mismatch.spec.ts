import { expect, it } from 'vitest';
import { english } from '../../messages/message';
import { mismatch } from './mismatch';

type Shape = (number | null)[];

it.each<[string, number[], Shape, string]>([
  ['gray for colours', [1, 4, 4, 1], [null, 4, 4, 3], 'The input is gray, (1, 4, 4, 1), but the model'],
  [
    'gray for colours',
    [1, 4, 4, 1],
    [null, 4, 4, 3],
    'takes 3 channels, (n, 4, 4, 3). Give numpy.repeat(x, 3, axis=-1)'
  ],
  ['gray and small for colours', [1, 2, 2, 1], [null, 4, 4, 3], 'The input is gray'],
  ['gray for colours, channels first', [1, 1, 8, 8], [null, 3, 8, 8], 'numpy.repeat(x, 3, axis=1)'],
  ['colours for gray', [1, 4, 4, 3], [null, 4, 4, 1], 'has 3 channels, (1, 4, 4, 3), but the model'],
  ['colours for gray', [1, 4, 4, 3], [null, 4, 4, 1], 'Give x.mean(axis=-1, keepdims=True)'],
  ['three channels for many', [1, 4, 4, 3], [null, 4, 4, 12], 'The input has 3 channels, (1, 4, 4, 3), but'],
  ['transparency', [1, 4, 4, 4], [null, 4, 4, 3], 'has 4 channels, (1, 4, 4, 4), but the model’s input x takes 3'],
  ['channels first for last', [1, 3, 9, 9], [null, 9, 9, 3], 'Give numpy.moveaxis(x, 1, -1).'],
  ['channels last for first', [1, 9, 9, 3], [null, 3, 9, 9], 'Give numpy.moveaxis(x, -1, 1).'],
  ['another size', [1, 5, 4, 3], [null, 4, 4, 3], 'takes (n, 4, 4, 3). Resize it, or give the picture itself'],
  ['another size, any channels', [1, 5, 4, 3], [null, 4, 4, null], 'Resize it'],
  ['a volume for pictures', [1, 8, 4, 4, 3], [null, 4, 4, 3], 'The input is a volume, (1, 8, 4, 4, 3), but'],
  [
    'a picture for volumes',
    [1, 4, 4, 3],
    [null, 8, 4, 4, 3],
    'with an axis before them, as numpy.expand_dims(volume, 0)'
  ],
  ['a vector of another length', [1, 10], [null, 12], 'takes (n, 12). Give a tensor of that shape'],
  ['a picture for vectors', [1, 4, 4, 3], [null, 48], 'with 4 axes, but the model’s input x takes (n, 48), with 2.']
])('says of %s what differs', (_, given, shape, sentence) => {
  const said = english(mismatch(given, { node: 'x', name: 'x', shape }));
  expect(said.replaceAll("'", '’')).toContain(sentence.replaceAll("'", '’'));
});
