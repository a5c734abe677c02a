/** The choices that "auto" stands for: those that fit the values shown. */
import type { ColormapChoice, ColormapName, RangeChoice } from '../../state/view-state';
import { type FixedRange, minMax, type Range, symmetric } from './statistics';

/** Of values that begin or end at zero, and of those with zero in their middle. */
const SEQUENTIAL: ColormapName = 'viridis';
const DIVERGING: ColormapName = 'coolwarm';

/** Maps of up to so many cells, as 8×8, are drawn as cells, as are pixels that are large: so large, they would seem to know more than they do if blurred. */
export const FEW_CELLS = 64;

/** Part of the largest magnitude below which values on the other side of zero are rounding, or next to nothing. */
const NEGLIGIBLE = 1e-3;

const signs = new WeakMap<Float32Array, boolean>();

/** True if values lie on both sides of zero. Remembers the answer: it is asked for whole layers. */
export function isSigned(values: Float32Array): boolean {
  let known = signs.get(values);
  if (known === undefined) {
    known = liesAcrossZero(minMax(values));
    signs.set(values, known);
  }
  return known;
}

const liesAcrossZero = ([min, max]: Range): boolean =>
  min < -NEGLIGIBLE * Math.max(max, 0) && max > NEGLIGIBLE * Math.max(-min, 0);

/** True if zero is the middle of a range, and so of the colours. */
export const isSymmetric = ([min, max]: Range): boolean => min < 0 && min === -max;

/** The rule to use for maps that are seen together, which all of their values decide. */
export function fittingRange(choice: RangeChoice, values: Float32Array | null): FixedRange {
  return choice !== 'auto' ? choice : values && isSigned(values) ? 'symmetric' : 'min-max';
}

/** A range that views share, of which some may see values on both sides of zero and some not. */
export function fittingShared(choice: RangeChoice, range: Range): Range {
  return choice === 'auto' && liesAcrossZero(range) ? symmetric(range) : range;
}

/** Colours for a range: diverging ones only where their middle is zero. */
export function fittingColormap(choice: ColormapChoice, range: Range): ColormapName {
  return choice !== 'auto' ? choice : isSymmetric(range) ? DIVERGING : SEQUENTIAL;
}

/** True to interpolate between cells. */
export function fittingSmooth(choice: boolean | 'auto', { width, height }: { width: number; height: number }): boolean {
  return choice === 'auto' ? width * height > FEW_CELLS : choice;
}
