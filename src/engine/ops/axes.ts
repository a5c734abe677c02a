import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** The order that undoes a transpose by `order`. */
export const inverseOrder = (order: readonly number[]): number[] => order.map((_, axis) => order.indexOf(axis));

/** The number of cells that `axes` span together. */
export const cellsAlong = (shape: readonly number[], axes: readonly number[]): number =>
  tf.util.sizeFromShape(axes.map(axis => shape[axis]));

/** Runs `f`, which takes (rows, cells) and works along the cells, along `axes` together. */
export function alongAxes(x: Tensor, axes: readonly number[], f: (rows: Tensor) => Tensor): Tensor {
  const rank = x.shape.length;
  if (axes.length === 1 && axes[0] === rank - 1) {
    return f(x);
  }
  const order = [...x.shape.keys()].filter(axis => !axes.includes(axis)).concat(axes);
  const turned = tf.transpose(x, order);
  const rows = tf.reshape(turned, [-1, cellsAlong(x.shape, axes)]);
  return tf.transpose(tf.reshape(f(rows), turned.shape), inverseOrder(order));
}
