/** Sets of an output's cells, of which the scores of a class add up, and what is predicted at each cell. */
import type { PixelMask } from './names';

/** The numbers of one sample: `cells` after each other, each of `classes` numbers. */
export interface CellValues {
  values: ArrayLike<number>;
  cells: number;
  classes: number;
  /** Index in `values` at which the sample begins. */
  start?: number;
}

/** The mark of a pixel for which nothing is predicted. */
export const NOTHING = -1;

/**
 * The class predicted at each cell: the highest; the first of equals, as numpy's argmax.
 *
 * @param threshold - Of independent classes (a sigmoid's): what a class must exceed, else {@link NOTHING} is
 * predicted. A single unit predicts class 1 above it and class 0 below. Null: the classes exclude each other.
 */
export function predictedClasses(of: CellValues, threshold: number | null): Int32Array {
  const { values, cells, classes, start = 0 } = of;
  return Int32Array.from({ length: cells }, (_, cell) => {
    const from = start + cell * classes;
    if (classes === 1 && threshold !== null) {
      return values[from] > threshold ? 1 : 0;
    }
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (values[from + c] > values[from + best]) {
        best = c;
      }
    }
    return threshold !== null && !(values[from + best] > threshold) ? NOTHING : best;
  });
}

/** The cells where a class is predicted; of independent classes, several may be at one cell. */
export function predictedCells(of: CellValues, index: number, threshold: number | null): Uint8Array {
  const { values, cells, classes, start = 0 } = of;
  if (threshold === null || classes === 1) {
    return Uint8Array.from(predictedClasses(of, threshold), found => Number(found === index));
  }
  return Uint8Array.from({ length: cells }, (_, cell) => Number(values[start + cell * classes + index] > threshold));
}

/** A mask, cell by cell; null if its runs do not fill its shape. */
export function cellsOfMask({ shape: [rows, columns], runs }: PixelMask): Uint8Array | null {
  const cells = new Uint8Array(rows * columns);
  let at = 0;
  runs.forEach((length, i) => {
    cells.fill(i % 2, at, at + length);
    at += length;
  });
  return at === cells.length ? cells : null;
}

export function maskOfCells(cells: Uint8Array, shape: PixelMask['shape']): PixelMask {
  const runs: number[] = [];
  let inside = 0;
  let length = 0;
  for (const cell of cells) {
    if (Number(cell !== 0) !== inside) {
      runs.push(length);
      inside = 1 - inside;
      length = 0;
    }
    length++;
  }
  return { shape, runs: [...runs, length] };
}

/** A mask at another size: each cell is what lies at its centre, as tf.image.resize has it with `nearest`. */
export function resampled(
  cells: Uint8Array,
  [rows, columns]: readonly [number, number],
  [newRows, newColumns]: readonly [number, number]
): Uint8Array {
  const from = (at: number, count: number, size: number): number =>
    Math.min(Math.floor(((at + 0.5) * size) / count), size - 1);
  return Uint8Array.from({ length: newRows * newColumns }, (_, cell) => {
    const row = from(Math.floor(cell / newColumns), newRows, rows);
    return cells[row * columns + from(cell % newColumns, newColumns, columns)];
  });
}
