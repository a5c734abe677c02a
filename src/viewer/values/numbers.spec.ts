import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, legible, niceTicks, percentText, tickLabels } from './numbers';

test('ticks are round numbers inside the range', () => {
  expect(niceTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(-3, 3)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  expect(niceTicks(0.1, 0.3, 2)).toEqual([0.1, 0.2, 0.3]);
  expect(niceTicks(17, 83)).toEqual([20, 30, 40, 50, 60, 70, 80]);
  expect(niceTicks(0, 2.5e-9, 5)).toEqual([0, 5e-10, 1e-9, 1.5e-9, 2e-9, 2.5e-9]);
  expect(niceTicks(2, 2)).toEqual([2]);
  expect(niceTicks(NaN, 1)).toEqual([]);
});

test('ticks are 1, 2 or 5 times a power of ten apart, about as many as asked for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.integer({ min: 3, max: 12 }),
      (min, span, count) => {
        const max = min + span;
        const ticks = niceTicks(min, max, count);
        expect(ticks.length).toBeGreaterThanOrEqual(Math.floor(count / 2));
        expect(ticks.length).toBeLessThanOrEqual(2 * count);
        expect(ticks[0]).toBeGreaterThanOrEqual(min - span * 1e-6);
        expect(ticks[ticks.length - 1]).toBeLessThanOrEqual(max + span * 1e-6);
        if (ticks.length === 1) {
          return; // One tick, where three are asked for, has no step.
        }
        const step = (ticks[ticks.length - 1] - ticks[0]) / (ticks.length - 1);
        const lead = Number((step / 10 ** Math.floor(Math.log10(step * 1.0001))).toFixed(3));
        expect([1, 2, 5]).toContain(lead);
      }
    )
  );
});

test.each([
  [0, '0'],
  [-0, '0'],
  [12, '12'],
  [0.123456, '0.1235'],
  [-1.5, '-1.5'],
  [99999, '1e5'],
  [12345, '12350'],
  [123456, '1.235e5'],
  [0.00099999, '0.001'],
  [0.0001234567, '1.235e-4'],
  [-2.5e-7, '-2.5e-7'],
  [NaN, 'NaN'],
  [-Infinity, '-∞']
])('%s is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('fewer digits where room is short', () => {
  expect(formatNumber(0.123456, 3)).toBe('0.123');
});

test.each([
  [0, '0.0 %'],
  [0.0004, '< 0.1 %'],
  [0.12345, '12.3 %'],
  [1, '100.0 %'],
  [-0.25, '-25.0 %']
])('the share %d is written %s', (share, text) => {
  expect(percentText(share)).toBe(text);
});

test('labels of ticks differ although their first digits agree', () => {
  expect(tickLabels([0, 0.5, 1])).toEqual(['0', '0.5', '1']);
  expect(tickLabels([1000.1, 1000.2])).toEqual(['1000.1', '1000.2']);
});

test('labels of ticks are in one notation', () => {
  expect(tickLabels([0, 0.0005, 0.001, 0.0015])).toEqual(['0', '5e-4', '1e-3', '1.5e-3']);
  expect(tickLabels([-50000, 0, 50000, 100000])).toEqual(['-5e4', '0', '5e4', '1e5']);
});

test('labels that would touch are left out, never that of zero', () => {
  const places = [0, 0.25, 0.5, 0.75, 1];
  const labels = ['-0.02', '-0.01', '0', '0.01', '0.02'];
  expect(legible(labels, places, 34)).toEqual([true, true, true, true, true]);
  expect(legible(labels, places, 16)).toEqual([true, false, true, false, true]);
  expect(legible(labels, places, 7)).toEqual([false, false, true, false, false]);
  expect(legible(['0', '10000', '20000'], [0, 0.5, 1], 9)).toEqual([true, false, true]);
  // Those at the ends are moved inwards: they have no room where two in the middle of an axis would.
  expect(legible(labels, places, 33)).toEqual([true, false, true, false, true]);
  expect(legible([], [], 9)).toEqual([]);
});
