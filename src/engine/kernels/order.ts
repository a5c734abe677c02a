/**
 * Values of rows in their order, on the processor: tfjs leaves equal values in an order that
 * depends on the backend, and its WebGL reads all but very long rows back to sort them too.
 */

/** For each row of `cells` values their positions in order; equal ones stay as they stand, as in TensorFlow. */
export function positionsInOrder(values: Float32Array, cells: number, isDescending: boolean): Int32Array {
  const positions = new Int32Array(values.length);
  const sign = isDescending ? -1 : 1;
  for (let start = 0; start < values.length; start += cells) {
    const row = positions.subarray(start, start + cells);
    for (let i = 0; i < cells; i++) {
      row[i] = i;
    }
    row.sort((a, b) => sign * (values[start + a] - values[start + b]) || a - b);
  }
  return positions;
}

/** The first `count` of each row's positions. */
export function firstOf(positions: Int32Array, cells: number, count: number): Int32Array {
  const first = new Int32Array((positions.length / cells) * count);
  for (let from = 0, to = 0; from < positions.length; from += cells, to += count) {
    first.set(positions.subarray(from, from + count), to);
  }
  return first;
}

/** From each row of `cells` values those at its `count` positions. */
export function valuesAt(
  values: Float32Array,
  positions: ArrayLike<number>,
  cells: number,
  count: number
): Float32Array {
  return Float32Array.from(positions, (position, i) => values[Math.floor(i / count) * cells + position]);
}

/** The gradient of {@link valuesAt}: each row's `count` values added where they came from, among `cells`. */
export function addedAt(
  gradients: Float32Array,
  positions: ArrayLike<number>,
  cells: number,
  count: number
): Float32Array {
  const sums = new Float32Array((gradients.length / count) * cells);
  gradients.forEach((gradient, i) => (sums[Math.floor(i / count) * cells + positions[i]] += gradient));
  return sums;
}

/** A place in an ordered row, and the share of its value that counts. */
export type WeightedRank = readonly [rank: number, weight: number];

/**
 * The ranks that a quantile of `count` ordered values is made of, by Keras' methods; `share` is a number of float32.
 */
export function ranksAt(share: number, count: number, method: string): WeightedRank[] {
  const exact = (count - 1) * share;
  const within = (rank: number): number => Math.min(Math.max(rank, 0), count - 1);
  const [lower, higher] = [within(Math.floor(exact)), within(Math.ceil(exact))];
  switch (method) {
    case 'lower':
      return [[lower, 1]];
    case 'higher':
      return [[higher, 1]];
    case 'nearest': {
      // To even numbers where two are as near.
      const even = 2 * Math.round(exact / 2);
      return [[within(Math.abs(exact - even) === 0.5 ? even : Math.round(exact)), 1]];
    }
    case 'midpoint':
      return [
        [lower, 0.5],
        [higher, 0.5]
      ];
    default: {
      const smaller = Math.max(higher - 1, 0);
      const larger = Math.min(smaller + 1, count - 1);
      const fraction = Math.fround(larger - exact);
      return [
        [larger, Math.fround(1 - fraction)],
        [smaller, fraction]
      ];
    }
  }
}
