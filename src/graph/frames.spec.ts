import { expect, it } from 'vitest';
import { node } from '../engine/testing/graphs';
import { areFrames } from './frames';
import type { Attributes } from './model-graph';

const input = node('x', 'InputLayer', [], [null, 6, 8, 8, 3]);
const frames = (op: string, from: string, shape: (number | null)[], attributes: Attributes = {}) =>
  areFrames({ nodes: [input, node('flat', 'Flatten', ['x'], [null, 5, 9]), node('y', op, [from], shape, attributes)] });

it('takes the slices that a layer takes for steps for frames, and no others', () => {
  expect(frames('op:merge_steps', 'x', [null, 8, 8, 3])).toBe(true);
  expect(frames('ConvLSTM2D', 'x', [null, 6, 6, 4])).toBe(true);
  expect(frames('Conv3D', 'x', [null, 4, 6, 6, 4])).toBe(false);
  // Steps, but of something else.
  expect(frames('LSTM', 'flat', [null, 4])).toBe(false);
});
