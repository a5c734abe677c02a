import { expect, it } from 'vitest';
import { layerInfo } from '../graph/testing/layer-info';
import { layerOfInput } from './other-input';

const layer = (id: string, sees: string[], explainable = true) => layerInfo(id, { sees, explainable });
const conv = layer('encoder/conv', ['left']);
const ofRight = (...layers: ReturnType<typeof layer>[]) => layerOfInput([conv, ...layers], conv, 'right')?.id ?? null;

it('is the other call of a shared layer', () => {
  expect(ofRight(layer('encoder@1/conv', ['right']), layer('encoder@1/last', ['right']))).toBe('encoder@1/conv');
  const second = layer('conv@1', ['right']);
  expect(layerOfInput([layer('conv', ['left']), second], second, 'left')?.id).toBe('conv');
});

it('is else the last that can be explained and sees that input alone', () => {
  const layers = [
    layer('a', ['right']),
    layer('b', ['right']),
    layer('flat', ['right'], false),
    layer('both', ['left', 'right'])
  ];
  expect(ofRight(...layers)).toBe('b');
  expect(ofRight(layer('both', ['left', 'right']))).toBeNull();
});
