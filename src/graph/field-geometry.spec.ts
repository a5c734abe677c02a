import { expect, test } from 'vitest';
import { cellsSeeing, pixelsOfCell } from './field-geometry';

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
