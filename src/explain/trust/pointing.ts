/**
 * The pointing game: Zhang et al., "Top-down Neural Attention by Excitation Backprop", IJCV 2018: does the
 * map's highest cell lie on the thing? Without the paper's tolerance in pixels, as in Quantus; of equal
 * maxima any may. And the energy-based one of Score-CAM (Wang et al. 2020): the share of what is positive.
 */
export interface Pointing {
  /** Null where nothing is inside, or the map is the same everywhere. */
  hit: boolean | null;
  /** Of the sum of positive values; null where there are none. */
  share: number | null;
  /** Of the cells: the share that a map of equal values would have. */
  area: number;
}

/** @param inside - The cells on the thing. */
export function pointingGame(map: ArrayLike<number>, inside: readonly number[]): Pointing {
  const values = Array.from(map, value => (Number.isFinite(value) ? value : -Infinity));
  const highest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const isFlat = values.every(value => value === highest);
  const positive = (value: number): number => Math.max(value, 0);
  const all = values.reduce((sum, value) => sum + positive(value), 0);
  return {
    hit: isFlat || inside.length === 0 ? null : inside.some(cell => values[cell] === highest),
    share: all > 0 ? inside.reduce((sum, cell) => sum + positive(values[cell]), 0) / all : null,
    area: inside.length / values.length
  };
}
