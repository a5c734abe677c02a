import { expect, it } from 'vitest';
import { english } from '../../../messages/message';
import { TensorRef } from '../config/spec';
import { partsOfCall } from './call-arguments';

const tensor = (layer: string): TensorRef => new TensorRef(layer, 0, 0);
const x = tensor('x');
const w = tensor('w');

const why = (className: string, args: unknown[], kwargs: Record<string, unknown> = {}): string | null => {
  const { problem } = partsOfCall(className, { args, kwargs });
  return problem && english(problem);
};

it('follows a layer called on its input, on a list of inputs, by its name, and with what training alone heeds', () => {
  expect(why('Dense', [x])).toBeNull();
  expect(why('Add', [[x, w]])).toBeNull();
  expect(why('Dense', [], { inputs: x })).toBeNull();
  expect(why('BatchNormalization', [x], { training: true, mask: null })).toBeNull();
  expect(why('BatchNormalization', [x, false])).toBeNull();
  // It does nothing, whatever it is told.
  expect(why('Dropout', [x], { rate: 0.5 })).toBeNull();
});

it('takes a mask out of what is read, by name or in place', () => {
  for (const className of ['Softmax', 'GlobalAveragePooling1D']) {
    expect(partsOfCall(className, { args: [x, w], kwargs: {} })).toEqual({
      read: { args: [x], kwargs: {} },
      mask: w,
      attributes: {},
      problem: null
    });
  }
  const named = partsOfCall('Dense', { args: [x], kwargs: { mask: w, training: null } });
  expect(named).toMatchObject({ read: { args: [x] }, mask: w, problem: null });
  expect(named.read.kwargs).not.toHaveProperty('mask');
});

it('names what it does not honour, be it a number, a truth or a tensor', () => {
  expect(why('Embedding', [x], { reverse: true })).toBe('is called with reverse=, which GradLens does not honour');
  expect(why('CategoryEncoding', [x], { count_weights: w })).toMatch('count_weights=');
  expect(why('Dense', [], { inputs: x, scale: 0 })).toMatch('scale=');
  expect(why('CategoryEncoding', [x, w])).toMatch('more than its input');
  expect(why('BatchNormalization', [x, false, w])).toMatch('more than its input');
});
