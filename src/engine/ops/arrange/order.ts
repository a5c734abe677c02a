/** Operations on values in their order along axes: sorting, the largest, quantiles, and values at given positions. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, booleanOf, numberOf, numbersOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { addedAt, firstOf, positionsInOrder, ranksAt, valuesAt, type WeightedRank } from '../../kernels/order';
import { unbroadcast } from '../elementwise/merge';
import { type Op, savesInputs } from '../op';
import { fromRows, type Rows, rowsOf } from '../rows';

const along = (attributes: Attributes, rank: number): number => axisOf(numberOf(attributes, 'axis', -1), rank);

const withSize = (shape: readonly number[], axis: number, size: number): number[] =>
  shape.map((whole, i) => (i === axis ? size : whole));

function firstPositions(x: Tensor, axis: number, attributes: Attributes): { rows: Rows; found: Int32Array } {
  const rows = rowsOf(x, [axis]);
  const all = positionsInOrder(rows.values, rows.cells, booleanOf(attributes, 'descending', false));
  return { rows, found: firstOf(all, rows.cells, numberOf(attributes, 'count', rows.cells)) };
}

/** Attributes `axis`, `descending`, and `count`, which is absent for all: the first of the ordered values. */
export const sorted: Op = {
  forward([x], { attributes }) {
    const axis = along(attributes, x.shape.length);
    const count = numberOf(attributes, 'count', x.shape[axis]);
    const { rows, found } = firstPositions(x, axis, attributes);
    return fromRows(valuesAt(rows.values, found, rows.cells, count), withSize(x.shape, axis, count), [axis]);
  },
  backward(dy, { attributes, inputs: [x] }) {
    const axis = along(attributes, x.shape.length);
    const { rows, found } = firstPositions(x, axis, attributes);
    const { values, cells } = rowsOf(dy, [axis]);
    return [fromRows(addedAt(values, found, rows.cells, cells), x.shape, [axis])];
  },
  saves: savesInputs
};

/** The positions of what {@link sorted} gives, without a gradient. */
export const sortedPositions: Op = {
  forward([x], { attributes }) {
    const axis = along(attributes, x.shape.length);
    const { found } = firstPositions(x, axis, attributes);
    return fromRows(found, withSize(x.shape, axis, numberOf(attributes, 'count', x.shape[axis])), [axis]);
  },
  backward: () => [null],
  saves: savesInputs
};

/** Ordered positions of the numbers of one row, and which of them a quantile is made of; none where it is NaN. */
function ranked(row: Float32Array, attributes: Attributes): { position: number; weight: number }[] {
  const numbers = Int32Array.from(row.keys()).filter(i => !Number.isNaN(row[i]));
  if (numbers.length === 0 || (numbers.length < row.length && !booleanOf(attributes, 'skips_nan', false))) {
    return [];
  }
  const order = positionsInOrder(
    Float32Array.from(numbers, i => row[i]),
    numbers.length,
    false
  );
  const ranks = ranksAt(numberOf(attributes, 'share', 0.5), numbers.length, stringOf(attributes, 'method', 'linear'));
  return ranks.map(([rank, weight]: WeightedRank) => ({ position: numbers[order[rank]], weight }));
}

const eachRow = <T>({ values, cells }: Rows, f: (row: Float32Array) => T): T[] =>
  Array.from({ length: values.length / cells }, (_, i) => f(values.subarray(i * cells, (i + 1) * cells)));

/**
 * Attributes `axes`, `share` (from 0 to 1), `method` and `keepdims` as Keras' `quantile`; `skips_nan` leaves out
 * what is no number. Of equal values the gradient is that of the first in the order of `axes`.
 */
export const quantile: Op = {
  forward([x], { attributes }) {
    const axes = numbersOf(attributes, 'axes', []);
    const values = eachRow(rowsOf(x, axes), row => {
      const found = ranked(row, attributes);
      return found.length === 0 ? NaN : found.reduce((sum, { position, weight }) => sum + weight * row[position], 0);
    });
    const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const isKept = booleanOf(attributes, 'keepdims', false);
    return tf.tensor(Float32Array.from(values), isKept ? kept : kept.filter((_, axis) => !axes.includes(axis)));
  },
  backward(dy, { attributes, inputs: [x] }) {
    const axes = numbersOf(attributes, 'axes', []);
    const gradients = dy.dataSync<'float32'>();
    const rows = rowsOf(x, axes);
    const made = new Float32Array(rows.values.length);
    eachRow(rows, row => ranked(row, attributes)).forEach((found, i) =>
      found.forEach(({ position, weight }) => (made[i * rows.cells + position] += weight * gradients[i]))
    );
    return [fromRows(made, x.shape, axes)];
  },
  saves: savesInputs
};

/** The shape to which both inputs of {@link takeAlong} are broadcast: alike but along the axis. */
function spreadShapes(x: readonly number[], indices: readonly number[], axis: number): [number[], number[]] {
  const all = tf.broadcast_util.assertAndGetBroadcastShape(withSize(x, axis, 1), withSize(indices, axis, 1));
  return [withSize(all, axis, x[axis]), withSize(all, axis, indices[axis])];
}

/** Attribute `shared`: indices have no axes behind the one that they find values along. */
const aligned = (indices: Tensor, x: Tensor, attributes: Attributes): Tensor =>
  booleanOf(attributes, 'shared', false)
    ? tf.reshape(indices, [...indices.shape, ...Array<number>(x.shape.length - indices.shape.length).fill(1)])
    : indices;

function positionsAt(indices: Tensor, shape: number[], axis: number, cells: number): Rows {
  const { values, cells: count } = rowsOf(tf.broadcastTo(indices, shape), [axis]);
  return { values: values.map(index => (index < 0 ? index + cells : index)), cells: count };
}

/** Inputs x and indices, attribute `axis`: at each place the value of x that the index finds along the axis. */
export const takeAlong: Op = {
  forward([x, given], { attributes }) {
    const indices = aligned(given, x, attributes);
    const axis = along(attributes, x.shape.length);
    const [whole, shape] = spreadShapes(x.shape, indices.shape, axis);
    const { values, cells } = rowsOf(tf.broadcastTo(x, whole), [axis]);
    const positions = positionsAt(indices, shape, axis, cells);
    return fromRows(valuesAt(values, positions.values, cells, positions.cells), shape, [axis]);
  },
  backward(dy, { attributes, inputs: [x, given] }) {
    const indices = aligned(given, x, attributes);
    const axis = along(attributes, x.shape.length);
    const [whole, shape] = spreadShapes(x.shape, indices.shape, axis);
    const positions = positionsAt(indices, shape, axis, x.shape[axis]);
    const { values } = rowsOf(dy, [axis]);
    const sums = fromRows(addedAt(values, positions.values, x.shape[axis], positions.cells), whole, [axis]);
    return [unbroadcast(sums, x.shape), null];
  },
  saves: savesInputs
};
