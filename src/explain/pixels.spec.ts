import { expect, it } from 'vitest';
import { cellsOfMask, maskOfCells, NOTHING, predictedCells, predictedClasses, resampled } from './pixels';

const of = (values: number[], classes: number, start = 0) => ({
  values,
  classes,
  cells: (values.length - start) / classes,
  start
});

it('predicts the highest class, of equals the first', () => {
  expect([...predictedClasses(of([1, 3, 2, 5, 5, 4], 3), null)]).toEqual([1, 0]);
  expect([...predictedClasses(of([9, 9, 9, 1, 3, 2], 3, 3), null)]).toEqual([1]);
});

it('predicts independent classes where they exceed the threshold, and nothing where none does', () => {
  const values = of([0.6, 0.9, 0.5, 0.2], 2);
  expect([...predictedClasses(values, 0.5)]).toEqual([1, NOTHING]);
  expect([...predictedCells(values, 0, 0.5)]).toEqual([1, 0]);
  expect([...predictedCells(values, 1, 0.5)]).toEqual([1, 0]);
});

it('takes one unit for class 1 against class 0', () => {
  const values = of([0.6, 0.5, 0.4], 1);
  expect([...predictedClasses(values, 0.5)]).toEqual([1, 0, 0]);
  expect([...predictedCells(values, 0, 0.5)]).toEqual([0, 1, 1]);
});

it('writes masks as runs and reads them', () => {
  for (const cells of [
    [0, 1, 1, 0, 0, 1],
    [1, 0, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 1],
    [0, 0, 0, 0, 0, 0]
  ]) {
    const mask = maskOfCells(Uint8Array.from(cells), [2, 3]);
    expect(mask.runs.reduce((a, b) => a + b)).toBe(6);
    expect([...(cellsOfMask(mask) ?? [])]).toEqual(cells);
  }
  expect(maskOfCells(Uint8Array.from([1, 1, 0, 1]), [1, 4]).runs).toEqual([0, 2, 1, 1]);
  expect(cellsOfMask({ shape: [2, 3], runs: [1, 4] })).toBeNull();
  expect(cellsOfMask({ shape: [2, 3], runs: [1, 40] })).toBeNull();
});

it('resamples a mask at the middles of the cells', () => {
  expect([...resampled(Uint8Array.from([1, 0, 0, 1]), [2, 2], [1, 4])]).toEqual([0, 0, 1, 1]);
  expect([...resampled(Uint8Array.from([0, 1, 0, 1, 0, 1]), [1, 6], [1, 3])]).toEqual([1, 1, 1]);
});
