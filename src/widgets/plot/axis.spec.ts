import { expect, it } from 'vitest';
import { axisTicks, labelledEvery } from './axis';

it.each<[string, number, number, number[]]>([
  ['scores that end above zero', 0.06959, 0.9871, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['a share', 0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['both signs', -0.3, 0.9, [-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['logits far from zero', 12.3, 13.9, [12, 12.5, 13, 13.5, 14]],
  ['below zero', -9.5, -1, [-10, -8, -6, -4, -2, 0]],
  ['one value', 3, 3, [0, 1, 2, 3]],
  ['nothing but zero', 0, 0, [0, 1]],
  ['small ones', 1e-7, 4e-7, [0, 1e-7, 2e-7, 3e-7, 4e-7]]
])('%s', (_, low, high, ticks) => {
  expect(axisTicks(low, high)).toEqual(ticks);
});

it('encloses whatever it is given', () => {
  for (let seed = 1; seed < 400; seed++) {
    const [a, b] = [Math.sin(seed) * 10 ** (seed % 9), Math.cos(seed * 7) * 10 ** (seed % 7)];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const ticks = axisTicks(low, high);
    const slack = (high - low) * 1e-6;
    expect(ticks[0]).toBeLessThanOrEqual(low + slack);
    expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(high - slack);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThan(12);
  }
});

it.each([
  [2, 1],
  [6, 1],
  [8, 1],
  [9, 2],
  [10, 3],
  [11, 2],
  [12, 11]
])('labels %i ticks evenly, both ends among them: every %i', (count, every) => {
  expect(labelledEvery(count, 92, 12)).toBe(every);
});
