import { describe, expect, it } from 'vitest';
import { type RegionOfInterest, WHOLE } from '../../state/places';
import { cellsInside, isWithin, measureRegion, spansAt } from './region';

const isInside = (region: RegionOfInterest, x: number, y: number): boolean => isWithin(spansAt(region, y), x);

const GRID = { width: 4, height: 2, region: WHOLE };
const left: RegionOfInterest = { kind: 'rectangle', x0: 0, y0: 0, x1: 0.5, y1: 1 };

describe('measureRegion', () => {
  it('of the left half of a map is that of its left columns', () => {
    const map = Float32Array.from([1, 2, 10, 20, 3, 6, 30, 28]);
    expect(measureRegion(map, GRID, left)).toEqual({ cells: 4, mean: 3, min: 1, max: 6, sum: 12, share: 0.12 });
  });

  it('of all of a large map is that of each cell', () => {
    const map = Float32Array.from({ length: 1000 * 1000 }, (_, i) => i % 1000);
    const all: RegionOfInterest = { kind: 'rectangle', x0: 0, y0: 0, x1: 1, y1: 1 };
    expect(measureRegion(map, { width: 1000, height: 1000, region: WHOLE }, all)).toMatchObject({
      cells: 1e6,
      mean: 499.5,
      min: 0,
      max: 999
    });
  });

  it('leaves NaN and infinities out', () => {
    const map = Float32Array.from([1, NaN, 3, Infinity, 5, 4, 3, 4]);
    expect(measureRegion(map, GRID, left)).toEqual({ cells: 3, mean: 10 / 3, min: 1, max: 5, sum: 10, share: 0.5 });
  });

  it('has no share of a map that sums to zero', () => {
    expect(measureRegion(new Float32Array(8), GRID, left).share).toBeNaN();
  });

  it('of a region smaller than a cell is that of the cell around it', () => {
    const dot: RegionOfInterest = { kind: 'rectangle', x0: 0.76, y0: 0.1, x1: 0.78, y1: 0.2 };
    expect(cellsInside(dot, GRID)).toEqual([3]);
  });

  it('takes the cells of a map that covers a part of the image', () => {
    const lower = { ...GRID, region: { u0: 0, v0: 0.5, u1: 1, v1: 1 } };
    const of = (y0: number, y1: number): number[] => cellsInside({ kind: 'rectangle', x0: 0, y0, x1: 0.5, y1 }, lower);
    expect(of(0, 0.7)).toEqual([0, 1]);
    expect(of(0, 1)).toEqual([0, 1, 4, 5]);
    // Beside the map there is no cell, not even the nearest.
    expect(of(0, 0.4)).toEqual([]);
    expect(
      measureRegion(new Float32Array(8), lower, { kind: 'rectangle', x0: 0, y0: 0, x1: 1, y1: 0.4 })
    ).toMatchObject({
      cells: 0,
      sum: 0
    });
  });
});

describe('a lasso', () => {
  const triangle: RegionOfInterest = {
    kind: 'lasso',
    points: [
      [0, 0],
      [1, 0],
      [0, 1]
    ]
  };

  it('holds the cells on whose middles it runs, as by keys', () => {
    const grid = { width: 4, height: 4, region: WHOLE };
    const at = (column: number, row: number): [number, number] => [(column + 0.5) / 4, (row + 0.5) / 4];
    const lasso = (...points: [number, number][]): number[] => cellsInside({ kind: 'lasso', points }, grid);
    expect(lasso(at(0, 0), at(0, 2), at(2, 2))).toEqual([0, 4, 5, 8, 9, 10]);
    expect(lasso(at(0, 0), at(2, 0), at(2, 2))).toEqual([0, 1, 2, 5, 6, 10]);
    expect(lasso(at(1, 1), at(2, 1), at(2, 2), at(1, 2))).toEqual([5, 6, 9, 10]);
    expect(lasso(at(1, 1), at(3, 1), at(3, 1))).toEqual([5, 6, 7]);
  });

  it('holds what lies within it', () => {
    expect(isInside(triangle, 0.3, 0.3)).toBe(true);
    expect(isInside(triangle, 0.6, 0.6)).toBe(false);
    expect(cellsInside(triangle, { width: 2, height: 2, region: WHOLE })).toEqual(expect.arrayContaining([0]));
    expect(cellsInside(triangle, { width: 2, height: 2, region: WHOLE })).not.toContain(3);
  });

  it('that crosses itself is filled by the even-odd rule', () => {
    const bow: RegionOfInterest = {
      kind: 'lasso',
      points: [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1]
      ]
    };
    expect([isInside(bow, 0.1, 0.5), isInside(bow, 0.5, 0.1), isInside(bow, 0.9, 0.5)]).toEqual([true, false, true]);
  });
});
