import type { Attributes } from '../model-graph';

/** Positions along an axis that are not one unbroken part: attribute `picks`, lists of an axis and the positions. */
export const picksOf = ({ picks }: Attributes): { axis: number; positions: number[] }[] =>
  (Array.isArray(picks) ? (picks as number[][]) : []).map(([axis, ...positions]) => ({ axis, positions }));
