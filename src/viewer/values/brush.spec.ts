import { expect, it } from 'vitest';
import { painted } from './brush';

const picture = (cells: Uint8Array, columns: number): string[] =>
  Array.from({ length: cells.length / columns }, (_, row) =>
    [...cells.subarray(row * columns, (row + 1) * columns)].map(cell => '.#'[cell]).join('')
  );

it('paints the cells near the way of the brush, and erases them', () => {
  const nothing = new Uint8Array(20);
  const line = painted(
    nothing,
    5,
    [
      { x: 1.5, y: 1.5 },
      { x: 3.5, y: 1.5 }
    ],
    1,
    1
  );
  expect(picture(line, 5)).toEqual(['.###.', '#####', '.###.', '.....']);
  expect(nothing.some(Boolean)).toBe(false);
  const erased = painted(
    line,
    5,
    [
      { x: 2.5, y: 0 },
      { x: 2.5, y: 4 }
    ],
    0.5,
    0
  );
  expect(picture(erased, 5)).toEqual(['.#.#.', '##.##', '.#.#.', '.....']);
});

it('paints the cell that it is in, however small it is, and none outside', () => {
  const at = (x: number, y: number): string[] =>
    picture(
      painted(
        new Uint8Array(4),
        2,
        [
          { x, y },
          { x, y }
        ],
        0.1,
        1
      ),
      2
    );
  expect(at(0.1, 1.9)).toEqual(['..', '#.']);
  expect(at(-0.5, 5)).toEqual(['..', '..']);
});
