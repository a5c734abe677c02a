/** What is shown of a sum of products: which channel comes when, and how far the sum is by then. */
import type { ProductParts } from '../../engine/protocol/sums';

export type SumOrder = 'index' | 'size';

/** Summands in the order in which they are added; `size`: the largest first, whatever their sign. */
export function orderOf({ sums }: ProductParts, order: SumOrder): number[] {
  const all = Array.from(sums.keys());
  return order === 'index' ? all : all.sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a]) || a - b);
}

/** The sum after each summand, without the bias. */
export function running({ sums }: ProductParts, order: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(order, at => (sum += sums[at]));
}

/** One channel's values, weights and products, (rows, columns). */
export function sliceAt(
  { values, weights, rows, columns }: ProductParts,
  which: number
): { values: Float32Array; weights: Float32Array; products: Float64Array } {
  const [from, end] = [which * rows * columns, (which + 1) * rows * columns];
  const [x, w] = [values.subarray(from, end), weights.subarray(from, end)];
  return { values: x, weights: w, products: Float64Array.from(x, (value, i) => value * w[i]) };
}
