import { expect, it } from 'vitest';
import { overviewOf } from './layer-overview';

it('averages channels and counts those that are constant', () => {
  // 1×2 cells of 4 channels: 0 and 2 vary, 1 is zero, 3 is constant.
  const overview = overviewOf(Float32Array.of(1, 0, 2, 5, 3, 0, 4, 5), [1, 1, 2, 4]);
  expect(overview).toEqual({ height: 1, width: 2, mean: Float32Array.of(2, 3), dead: 0.5 });
});

it('counts a channel with NaN as one that varies', () => {
  expect(overviewOf(Float32Array.of(NaN, NaN), [1, 1, 2, 1])?.dead).toBe(0);
});

it('looks at the first sample only', () => {
  expect(overviewOf(Float32Array.of(1, 1, 2, 3), [2, 1, 2, 1])).toMatchObject({ mean: Float32Array.of(1, 1), dead: 1 });
});

it('has nothing to say of values without image axes', () => {
  expect(overviewOf(Float32Array.of(1, 2), [1, 2])).toBeNull();
});
