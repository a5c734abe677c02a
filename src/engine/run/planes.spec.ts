import { describe, expect, it } from 'vitest';
import { planesOf } from './planes';

describe('planesOf', () => {
  it('puts the channels of the first sample first', () => {
    const planes = planesOf(
      Float32Array.from({ length: 24 }, (_, i) => i),
      [2, 2, 3, 2]
    );
    expect([planes.channels, planes.height, planes.width]).toEqual([2, 2, 3]);
    expect([...planes.data]).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
    expect([...planes.statistics]).toEqual([0, 10, 5, 1, 11, 6]);
    expect([planes.min, planes.max]).toEqual([0, 11]);
  });

  it('leaves what is not finite out of the statistics', () => {
    const planes = planesOf(new Float32Array([NaN, 1, Infinity, 3]), [1, 2, 2, 1]);
    expect([...planes.statistics]).toEqual([1, 3, 2]);
    expect(planes.data[0]).toBeNaN();
    expect(planesOf(new Float32Array([NaN]), [1, 1, 1, 1])).toMatchObject({ min: 0, max: 0 });
  });

  it('shows sequences as rows and vectors as one row', () => {
    expect(planesOf(new Float32Array(6), [1, 3, 2])).toMatchObject({ channels: 2, height: 1, width: 3 });
    expect(planesOf(new Float32Array(6), [1, 6])).toMatchObject({ channels: 1, height: 1, width: 6 });
  });
});
