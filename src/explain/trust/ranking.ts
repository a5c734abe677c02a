/** Orders of pixels by a map, and chance's. */
import { uniform } from '../noise';

/** The cells from the highest value to the lowest, of equal ones the first first. */
export function ranked(map: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: map.length }, (_, cell) => cell).sort((a, b) => map[b] - map[a] || a - b);
}

/** The same values at random places (Fisher and Yates). */
export function shuffled<T extends Float32Array | Float64Array>(values: T, seed: number): T {
  const next = uniform(seed);
  const mixed = values.slice() as T;
  for (let i = mixed.length - 1; i > 0; i--) {
    const other = Math.floor(next() * (i + 1));
    [mixed[i], mixed[other]] = [mixed[other], mixed[i]];
  }
  return mixed;
}

/** Ranks from 1, of equal values their mean rank, as scipy's `rankdata`. */
export function meanRanks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, at) => at).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) {
      to++;
    }
    for (let i = from; i < to; i++) {
      ranks[order[i]] = (from + 1 + to) / 2;
    }
    from = to;
  }
  return ranks;
}
