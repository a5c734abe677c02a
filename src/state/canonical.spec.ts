import { expect, it } from 'vitest';
import { canonical } from './canonical';
import { equal } from './defaults';

const written = { class: 1, minus: 2, pixels: [{ y: 0, x: 1 }], name: 'tank' };
const readBack = { class: 1, minus: 2, name: 'tank', pixels: [{ x: 1, y: 0 }] };

it('is the same whatever the order of keys, and another for another value', () => {
  expect(canonical(readBack)).toBe(canonical(written));
  expect(canonical({ ...written, minus: 3 })).not.toBe(canonical(written));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});

it('is how values of a state are compared', () => {
  expect(equal(readBack, written)).toBe(true);
  expect(equal({ ...readBack, class: 0 }, written)).toBe(false);
});
