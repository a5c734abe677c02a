import { describe, expect, test } from 'vitest';
import {
  FEW_CELLS,
  fittingColormap,
  fittingRange,
  fittingShared,
  fittingSmooth,
  isSigned,
  isSymmetric
} from './fitting';
import { scaleToStrength } from './scale';
import { valueRange, valueRanges } from './statistics';

const values = (...of: number[]): Float32Array => Float32Array.from(of);

describe('the range', () => {
  test.each([
    ['both signs', [-1, 0, 3], 'symmetric'],
    ['after a ReLU', [0, 0, 3], 'min-max'],
    ['negative only, as log probabilities', [-5, -2, 0], 'min-max'],
    ['rounding below zero', [-1e-6, 2], 'min-max'],
    ['rounding above zero', [-2, 1e-6], 'min-max'],
    ['swish', [-0.28, 4], 'symmetric'],
    ['NaN and infinities, which tell nothing', [NaN, -Infinity, 1, 2], 'min-max'],
    ['nothing', [], 'min-max']
  ])('fits %s', (_, of, rule) => {
    expect(fittingRange('auto', values(...of))).toBe(rule);
  });

  test('that somebody chose stays', () => {
    expect(fittingRange('min-max', values(-1, 1))).toBe('min-max');
    expect(fittingRange([0, 1], values(-1, 1))).toEqual([0, 1]);
    expect(fittingShared('min-max', [-1, 2])).toEqual([-1, 2]);
  });

  test('of a layer is symmetric for every channel if one of them is signed', () => {
    const layer = values(0, 1, -2, 1, 0, 0);
    expect(isSigned(layer)).toBe(true);
    // The last one is dead: zero is in the middle all the same.
    expect([...valueRanges(fittingRange('auto', layer) as 'symmetric', layer, 3)]).toEqual([-1, 1, -2, 2, -1, 1]);
  });

  test('shared with views of other signs is symmetric for all', () => {
    expect(fittingShared('auto', [-1, 2])).toEqual([-2, 2]);
    expect(fittingShared('auto', [0, 2])).toEqual([0, 2]);
  });
});

describe('the colours', () => {
  test('diverge exactly where zero is in their middle', () => {
    expect(fittingColormap('auto', valueRange('symmetric', values(-1, 4)))).toBe('coolwarm');
    expect(fittingColormap('auto', [-1, 4])).toBe('viridis');
    expect(fittingColormap('auto', [0, 4])).toBe('viridis');
    expect(isSymmetric([0, 0])).toBe(false);
  });

  test('that somebody chose stay', () => {
    expect(fittingColormap('jet', [-1, 1])).toBe('jet');
    expect(fittingColormap('viridis', [-1, 1])).toBe('viridis');
  });
});

test('few cells are drawn as cells, unless somebody chose', () => {
  const of = (width: number, height: number): { width: number; height: number } => ({ width, height });
  expect(FEW_CELLS).toBe(64);
  expect(fittingSmooth('auto', of(7, 7))).toBe(false);
  expect(fittingSmooth('auto', of(8, 8))).toBe(false);
  expect(fittingSmooth('auto', of(8, 9))).toBe(true);
  expect(fittingSmooth(true, of(2, 2))).toBe(true);
  expect(fittingSmooth(false, of(14, 14))).toBe(false);
});

test('opacity by value is the distance from zero, on the scale', () => {
  expect(scaleToStrength('linear', 0, [0, 4])).toBe(0);
  expect(scaleToStrength('linear', 1, [0, 4])).toBe(0.5);
  expect(scaleToStrength('linear', -1, [-3, 4])).toBe(0.5);
  expect(scaleToStrength('linear', 9, [-3, 4])).toBe(1);
  // Evidence all over the picture, if from 4 to 5.
  expect(scaleToStrength('linear', 4, [4, 5])).toBe(Math.sqrt(0.8));
  expect(scaleToStrength('symlog', -1, [-1, 1])).toBe(1);
  expect(scaleToStrength('symlog', 0.1, [-1, 1])).toBeCloseTo(Math.log(11) / Math.log(101), 12);
  expect(scaleToStrength('log', 10, [1, 100])).toBeCloseTo(0.5, 12);
  // A constant map: all of it evidence, or nothing.
  expect(scaleToStrength('linear', 2, [2, 2])).toBe(1);
  expect(scaleToStrength('linear', 0, [0, 0])).toBe(0);
});
