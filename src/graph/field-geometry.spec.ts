import { expect, test } from 'vitest';
import { WHOLE } from '../state/places';
import { cellsSeeing, pixelsOfCell, regionCovered } from './field-geometry';

// A 3x3 convolution with stride 2, `same`, on 8 pixels: padding after the last only.
const axis = { jump: 2, size: 3, start: 1.5 };

test('a cell sees the pixels under its window', () => {
  expect([0, 1, 3].map(cell => pixelsOfCell(axis, cell))).toEqual([
    [0, 3],
    [2, 5],
    [6, 9]
  ]);
});

test('a pixel is seen by the cells that see it', () => {
  for (let pixel = 0; pixel < 8; pixel++) {
    const seeing = [0, 1, 2, 3].filter(
      cell => pixelsOfCell(axis, cell)[0] <= pixel && pixel < pixelsOfCell(axis, cell)[1]
    );
    expect(cellsSeeing(axis, pixel + 0.5, 4)).toEqual([seeing[0], seeing[seeing.length - 1] + 1]);
  }
});

test('none sees what lies outside all windows', () => {
  const [first, end] = cellsSeeing({ jump: 4, size: 1, start: 0.5 }, 2.5, 4);
  expect(end).toBe(first);
});

test('cells cover the picture from half a step before the first centre to half a step behind the last', () => {
  const along = (jump: number, start: number) => ({ jump, start, size: 99 });
  // Cropping2D(((70, 25), (0, 0))) on 160 x 320.
  const field = { axes: [along(1, 70.5), along(1, 0.5)], input: [160, 320], isApart: false };
  expect(regionCovered(field, [65, 320])).toEqual({ u0: 0, v0: 70 / 160, u1: 1, v1: 135 / 160 });
  const volume = { axes: [along(2, 1), along(4, 2), along(4, -2)], input: [8, 32, 32], isApart: false };
  expect(regionCovered(volume, [8, 8])).toEqual({ u0: -0.125, v0: 0, u1: 0.875, v1: 1 });
  const signal = { axes: [along(2, 3)], input: [20], isApart: false };
  expect(regionCovered(signal, [1, 8])).toEqual({ u0: 0.1, v0: 0, u1: 0.9, v1: 1 });
});

test('cells are spread over the whole picture where it is not known, or not one place', () => {
  const axis = { jump: 1, start: 70.5, size: 1 };
  expect(regionCovered(null, [7, 7])).toEqual(WHOLE);
  expect(regionCovered({ axes: [axis, axis], input: [160, 160], isApart: true }, [7, 7])).toEqual(WHOLE);
  expect(regionCovered({ axes: [axis, axis], input: [null, null], isApart: false }, [7, 7])).toEqual(WHOLE);
});
