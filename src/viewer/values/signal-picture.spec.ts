import { describe, expect, it } from 'vitest';
import { curve } from './signal-picture';

describe('curve', () => {
  it('spreads a channel over the width, each value at the middle of its step, the highest on top', () => {
    const points = curve(Float32Array.from([0, 9, 1.5, 9, 3, 9]), 0, 2, 3, 0, 3);
    expect(points).toEqual([
      [160, 388],
      [480, 200],
      [800, 12]
    ]);
  });

  it('has no height for what is no number, and draws a constant', () => {
    const points = curve(Float32Array.from([1, NaN]), 0, 1, 2, 1, 1);
    expect(points[0][1]).toBe(388);
    expect(points[1][1]).toBeNaN();
  });
});
