/** Operators that look at pictures through an affine or a perspective transform. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import { arrayOf, isTensor, type Operand, type Operation, type Operator, type Operators } from './operator';
import { eitherWay } from './pictures';

/** The rows of an array, of which there is one for all samples; null where each has its own, or none is given. */
function numbersIn(operand: Operand | undefined, count: number): number[] | null {
  const array = operand && 'value' in operand ? arrayOf(operand.value) : null;
  return array?.values.length === count ? [...array.values] : null;
}

const seen = (x: Operand, matrix: readonly number[], options: Config): Operation | null =>
  isTensor(x)
    ? {
        op: 'op:projective',
        attributes: {
          matrix,
          interpolation: options.interpolation ?? 'bilinear',
          fill_mode: options.fill_mode ?? 'constant',
          fill_value: options.fill_value ?? 0
        },
        inputs: [x]
      }
    : null;

const NOT_ONE = message('looks through a transform that is no array of one for all pictures');

const affine: Operator = {
  operands: ['images', 'transform'],
  after: ['interpolation', 'fill_mode', 'fill_value', 'data_format'],
  make([x, transform], options) {
    const matrix = numbersIn(transform, 8);
    return (matrix && seen(x, matrix, options)) ?? NOT_ONE;
  }
};

/** Solves a square system by Gauss' elimination with pivots; null where it has no one solution. */
function solved(rows: number[][], right: readonly number[]): number[] | null {
  const all = rows.map((row, i) => [...row, right[i]]);
  for (let step = 0; step < all.length; step++) {
    const rest = all.slice(step).map(row => Math.abs(row[step]));
    const pivot = step + rest.indexOf(Math.max(...rest));
    [all[step], all[pivot]] = [all[pivot], all[step]];
    if (!(Math.abs(all[step][step]) > 0)) {
      return null;
    }
    all.forEach((row, i) => {
      const share = i === step ? 0 : row[step] / all[step][step];
      row.forEach((_, j) => (row[j] -= share * all[step][j]));
    });
  }
  return all.map((row, i) => row[all.length] / row[i]);
}

/** The transform that takes four points (x, y) to four others, from where they end. */
function homography(start: readonly number[], end: readonly number[]): number[] | null {
  const points = [0, 1, 2, 3].map(i => [start[2 * i], start[2 * i + 1], end[2 * i], end[2 * i + 1]]);
  return solved(
    points.flatMap(([x, y, toX, toY]) => [
      [toX, toY, 1, 0, 0, 0, -x * toX, -x * toY],
      [0, 0, 0, toX, toY, 1, -y * toX, -y * toY]
    ]),
    start
  );
}

const perspective: Operator = {
  operands: ['images', 'start_points', 'end_points'],
  after: ['interpolation', 'fill_value', 'data_format'],
  make([x, start, end], options) {
    const [from, to] = [start, end].map(points => numbersIn(points, 8));
    const matrix = from && to && homography(from, to);
    return (matrix && seen(x, matrix, options)) ?? NOT_ONE;
  }
};

export const PROJECTIVE: Operators = {
  affine_transform: eitherWay(affine),
  perspective_transform: eitherWay(perspective)
};
