import { expect, it } from 'vitest';
import { classTarget, isUnitTarget, shortest } from './targets';

it('a target that is a class and nothing else is its index', () => {
  expect(shortest(classTarget(3))).toBe(3);
  expect(shortest(classTarget(null))).toBe(null);
  expect(shortest({ class: 3, negative: false })).toBe(3);
  expect(shortest({ class: null, negative: true })).toEqual({ class: null, negative: true });
  expect(shortest({ ...classTarget({ class: 1, negative: true }), minus: 0 })).toEqual({
    class: 1,
    minus: 0,
    negative: true
  });
});

it('units are told from classes', () => {
  expect(isUnitTarget({ layer: 'conv', channel: 0 })).toBe(true);
  expect([null, 0, { class: null }].some(isUnitTarget)).toBe(false);
});
