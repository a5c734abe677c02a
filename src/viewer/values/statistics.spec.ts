import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogram, minMax, percentiles, valueRange, valueRanges } from './statistics';

const f32 = (...values: number[]): Float32Array => Float32Array.from(values);

test('min and max leave out what is not finite', () => {
  expect(minMax(f32(NaN, 3, -Infinity, -2, Infinity, 1))).toEqual([-2, 3]);
  expect(minMax(f32(NaN, Infinity))).toEqual([0, 1]);
  expect(minMax(f32())).toEqual([0, 1]);
});

test('percentiles of 0..n are the percents themselves, in any order of the data', () => {
  const data = Float32Array.from({ length: 1001 }, (_, index) => (index * 389) % 1001);
  expect(percentiles(data, [0, 1, 25, 50, 99, 100])).toEqual([0, 10, 250, 500, 990, 1000]);
  expect(percentiles(f32(10, 0, NaN, 20, Infinity), [25, 50, 99.5])).toEqual([5, 10, expect.closeTo(19.9, 12)]);
  expect(percentiles(f32(NaN), [50])).toEqual([NaN]);
});

test('percentiles agree with sorting', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), { minLength: 1 }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (values, a, b) => {
        const sorted = f32(...values).sort();
        const percents = [Math.min(a, b), Math.max(a, b)];
        percentiles(f32(...values), percents).forEach((value, index) => {
          const place = (percents[index] / 100) * (sorted.length - 1);
          const low = sorted[Math.floor(place)];
          const high = sorted[Math.ceil(place)];
          expect(value).toBeCloseTo(low + (place % 1) * (high - low), 6);
        });
      }
    )
  );
});

test('ranges by choice', () => {
  const map = f32(-1, 0, 3);
  expect(valueRange('min-max', map)).toEqual([-1, 3]);
  expect(valueRange('symmetric', map)).toEqual([-3, 3]);
  expect(valueRange([2, 5], map)).toEqual([2, 5]);
  const outlier = Float32Array.from({ length: 101 }, (_, index) => (index === 100 ? 1e6 : index));
  expect(valueRange('percentile', outlier)).toEqual([1, 99]);
  expect(valueRange('percentile', f32(NaN))).toEqual([0, 1]);
});

test('ranges of many maps: each its own', () => {
  const data = f32(0, 1, -4, 2);
  expect([...valueRanges('min-max', data, 2)]).toEqual([0, 1, -4, 2]);
  expect([...valueRanges('symmetric', data, 2)]).toEqual([-1, 1, -4, 4]);
  expect([...valueRanges([5, 6], data, 2)]).toEqual([5, 6, 5, 6]);
});

test('a histogram counts every value inside once', () => {
  expect([...histogram(f32(0, 0.5, 1, 1.5, 2, 3, -1, NaN, Infinity), 2, [0, 2])]).toEqual([2, 3]);
  expect([...histogram(f32(7, 7), 3, [7, 7])]).toEqual([2, 0, 0]);
});
