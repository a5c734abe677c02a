import type { Tensor } from '@tensorflow/tfjs-core';
import { sparsemaxGradient, sparsemaxOf } from '../../kernels/sparsemax';
import { fromRows, type Rows, rowsOf } from '../rows';

function eachRow({ values, cells }: Rows, make: (row: Float32Array, start: number) => Float32Array): Float32Array {
  const made = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += cells) {
    made.set(make(values.subarray(start, start + cells), start), start);
  }
  return made;
}

export const sparsemax = (x: Tensor, axes: readonly number[]): Tensor =>
  fromRows(eachRow(rowsOf(x, axes), sparsemaxOf), x.shape, axes);

export function sparsemaxBackward(dy: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const { values } = rowsOf(dy, axes);
  const make = (row: Float32Array, start: number): Float32Array =>
    sparsemaxGradient(values.subarray(start, start + row.length), row);
  return fromRows(eachRow(rowsOf(x, axes), make), x.shape, axes);
}
