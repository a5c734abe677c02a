import { expect, it } from 'vitest';
import { nearestNames } from './nearest-names';

const LAYERS = ['input_layer_1', 'conv2d', 'conv2d_1', 'pool', 'cnn/block1_conv', 'head/dense', 'predictions'];

it.each([
  ['conv2d_2', ['conv2d_1', 'conv2d']],
  ['Conv2D', ['conv2d', 'conv2d_1']],
  ['block1_cnv', ['cnn/block1_conv']],
  ['dense', ['head/dense']],
  ['prediction', ['predictions']],
  ['block1', ['cnn/block1_conv']],
  ['xyz', []],
  ['nolayer', []],
  ['colv2d', ['conv2d']],
  ['', []]
])('finds what %s may mean', (misspelt, names) => {
  expect(nearestNames(misspelt, LAYERS)).toEqual(names);
});

it('gives no more than are asked for', () => {
  expect(nearestNames('conv2d_9', LAYERS, 1)).toEqual(['conv2d_1']);
});
