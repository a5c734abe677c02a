/**
 * Eigenvalues of symmetric matrices and singular values of any, on the processor, in double precision. The
 * gradient of each is the product of its vectors (Giles 2008), which are of one direction where no two are alike.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { message, MessageError } from '../../../messages/message';
import { svd } from '../../kernels/factors';
import { type Op, savesInputs } from '../op';

/** Values nearer to one another, or to 0, than this share of the largest are alike in float32. */
const ALIKE = 2 ** -20;

/** A value with its vectors of length 1. */
interface Part {
  value: number;
  left: Float64Array;
  right: Float64Array;
}

function partsOf(values: ArrayLike<number>, rows: number, columns: number): Part[] {
  const isWide = columns > rows;
  // Rotations of columns find as many values as there are columns.
  const turned = Float64Array.from({ length: isWide ? rows * columns : 0 }, (_, at) => {
    const [row, column] = [Math.floor(at / rows), at % rows];
    return values[column * columns + row];
  });
  const found = isWide ? svd(turned, columns, rows) : svd(values, rows, columns);
  return found.values
    .map((value, k) => {
      const long = found.left[k].map(entry => (value > 0 ? entry / value : 0));
      return isWide ? { value, left: found.right[k], right: long } : { value, left: long, right: found.right[k] };
    })
    .sort((a, b) => b.value - a.value);
}

/** Of a symmetric matrix in its lower half: those of one moved up until none is negative, moved down again. */
function eigenOf(values: ArrayLike<number>, size: number): Part[] {
  const whole = Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return row >= column ? values[at] : values[column * size + row];
  });
  const shift = Math.sqrt(whole.reduce((sum, value) => sum + value * value, 0));
  whole.forEach((_, at) => (whole[at] += at % (size + 1) === 0 ? shift : 0));
  return partsOf(whole, size, size)
    .map(({ value, right }) => ({ value: value - shift, left: right, right }))
    .reverse();
}

/** No two values alike; `least`: nor any of them 0. */
function checkApart(parts: readonly Part[], least: boolean): void {
  const most = Math.max(...parts.map(({ value }) => Math.abs(value)));
  const values = parts.map(({ value }) => value);
  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= ALIKE * most;
  if (values.some((value, i) => (i > 0 && isNear(value, values[i - 1])) || (least && isNear(value, 0)))) {
    throw new MessageError(
      message('a matrix of this picture has values alike, or rows that follow from others, and no one gradient there')
    );
  }
}

function each(x: Tensor, f: (values: Float32Array, at: number) => ArrayLike<number>, to: readonly number[]): Tensor {
  const [rows, columns] = x.shape.slice(-2);
  const values = x.dataSync<'float32'>();
  const count = values.length / (rows * columns);
  const made = Array.from({ length: count }, (_, at) =>
    Array.from(f(values.subarray(at * rows * columns, (at + 1) * rows * columns), at))
  );
  return tf.tensor(made.flat(), [...x.shape.slice(0, -2), ...to], 'float32');
}

/** From the least to the largest, as LAPACK orders them. */
export const eigenvalues: Op = {
  forward: ([x]) => {
    const size = x.shape[x.shape.length - 1];
    return each(x, values => eigenOf(values, size).map(({ value }) => value), [size]);
  },
  backward(dy, { inputs: [x] }) {
    const size = x.shape[x.shape.length - 1];
    const gradients = dy.dataSync<'float32'>();
    const made = each(
      x,
      (values, at) => {
        const parts = eigenOf(values, size);
        checkApart(parts, false);
        // Of the lower half, which alone is read: what lies beside the diagonal counts twice.
        return Float64Array.from({ length: size * size }, (_, place) => {
          const [row, column] = [Math.floor(place / size), place % size];
          const all = parts.reduce(
            (sum, { right }, k) => sum + gradients[at * size + k] * right[row] * right[column],
            0
          );
          return row < column ? 0 : row === column ? all : 2 * all;
        });
      },
      [size, size]
    );
    return [made];
  },
  saves: savesInputs
};

/** From the largest to the least. */
export const singularValues: Op = {
  forward: ([x]) => {
    const [rows, columns] = x.shape.slice(-2);
    return each(x, values => partsOf(values, rows, columns).map(({ value }) => value), [Math.min(rows, columns)]);
  },
  backward(dy, { inputs: [x] }) {
    const [rows, columns] = x.shape.slice(-2);
    const count = Math.min(rows, columns);
    const gradients = dy.dataSync<'float32'>();
    const made = each(
      x,
      (values, at) => {
        const parts = partsOf(values, rows, columns);
        checkApart(parts, true);
        return Float64Array.from({ length: rows * columns }, (_, place) => {
          const [row, column] = [Math.floor(place / columns), place % columns];
          return parts.reduce(
            (sum, { left, right }, k) => sum + gradients[at * count + k] * left[row] * right[column],
            0
          );
        });
      },
      [rows, columns]
    );
    return [made];
  },
  saves: savesInputs
};
