/** Tensors as rows of numbers on the processor, and back: for what has no kernel that is exact on all backends. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { cellsAlong, inverseOrder } from './axes';

/** Values with some axes last, seen as rows along these. */
export interface Rows {
  values: Float32Array;
  /** Number of values in a row. */
  cells: number;
}

const orderOf = (rank: number, axes: readonly number[]): number[] => [
  ...Array.from({ length: rank }, (_, axis) => axis).filter(axis => !axes.includes(axis)),
  ...axes
];

export function rowsOf(x: Tensor, axes: readonly number[]): Rows {
  const turned = tf.transpose(x, orderOf(x.shape.length, axes));
  return { values: turned.dataSync<'float32'>(), cells: cellsAlong(x.shape, axes) };
}

/** The inverse: rows as a tensor of this shape. */
export function fromRows(values: ArrayLike<number>, shape: readonly number[], axes: readonly number[]): Tensor {
  const order = orderOf(shape.length, axes);
  const turned = tf.tensor(
    Float32Array.from(values),
    order.map(axis => shape[axis])
  );
  return tf.transpose(turned, inverseOrder(order));
}
