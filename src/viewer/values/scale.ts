/**
 * Scales that spread values over the colour map. The shader has the same formulas.
 *
 * - linear: v.
 * - log: ln v, for positive ranges; see {@link scaledRange} for others.
 * - symlog: sign(v) ln(1 + |v| / c), c a hundredth of the range's largest
 *   magnitude: linear about zero, logarithmic far from it (Webber, "A
 *   bi-symmetric log transformation for wide-range data", 2013).
 */
import type { ScaleName } from '../../state/view-state';
import { niceTicks } from './numbers';
import type { Range } from './statistics';

/** Decades that a logarithmic range spans whose lower bound is not positive. */
const DECADES = 3;

/** Range over c of symlog; the shader has it too. */
export const SYMLOG_SPAN = 100;

/**
 * The range that a scale can show: a logarithm of a range that reaches zero or
 * below begins three decades below its upper bound.
 */
export function scaledRange(scale: ScaleName, [min, max]: Range): Range {
  return scale === 'log' && min <= 0 ? [max > 0 ? max / 10 ** DECADES : min, max] : [min, max];
}

/** The scale to use for a range: no logarithm where nothing is positive. */
export function usableScale(scale: ScaleName, [, max]: Range): ScaleName {
  return scale === 'log' && !(max > 0) ? 'linear' : scale;
}

/** Position of a value on a colour bar over a range: 0 at its lower bound, 1 at its upper one; not clamped. */
export function scaleToUnit(scale: ScaleName, value: number, range: Range): number {
  const t = transform(scale, range);
  const [low, high] = [t(range[0]), t(range[1])];
  return high > low ? (t(value) - low) / (high - low) : 0;
}

/**
 * How opaque a value is drawn that fades towards zero, 0..1: the square root of its distance
 * from zero as a part of the range's largest magnitude, so that what is low in a map of one
 * peak is still seen (docs/decisions/0017). The other scales raise what is low
 * themselves, and need no root; a logarithm, which has no zero, begins at its lower bound.
 */
export function scaleToStrength(scale: ScaleName, value: number, range: Range): number {
  const t = transform(scale, range);
  const largest = Math.max(...range.map(bound => Math.abs(t(bound))));
  const part =
    scale === 'log'
      ? scaleToUnit(scale, value, range)
      : largest > 0
        ? Math.abs(t(value)) / largest
        : value === 0
          ? 0
          : 1;
  const share = Math.min(1, Math.max(0, part));
  return scale === 'linear' ? Math.sqrt(share) : share;
}

/** The value at a place of a colour bar; the inverse of {@link scaleToUnit}. */
export function unitToScale(scale: ScaleName, unit: number, range: Range): number {
  const t = transform(scale, range);
  const [low, high] = [t(range[0]), t(range[1])];
  const at = low + unit * (high - low);
  if (scale === 'log') {
    return Math.exp(at);
  }
  return scale === 'symlog' ? Math.sign(at) * Math.expm1(Math.abs(at)) * symlogConstant(range) : at;
}

/** Ticks for a colour bar: round numbers, or powers of ten where those spread better. */
export function scaleTicks(scale: ScaleName, range: Range, count = 5): number[] {
  const [min, max] = range;
  if (scale === 'linear') {
    return niceTicks(min, max, count);
  }
  const powers = (from: number, to: number): number[] => {
    const first = Math.ceil(Math.log10(from) - 1e-9);
    const last = Math.floor(Math.log10(to) + 1e-9);
    const step = Math.max(1, Math.ceil((last - first) / count));
    return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) =>
      Number(`1e${last - i * step}`)
    ).reverse();
  };
  if (scale === 'log') {
    const ticks = powers(min, max);
    return ticks.length >= 2 ? ticks : niceTicks(min, max, count);
  }
  const c = symlogConstant(range);
  const above = max > 0 ? powers(Math.max(c, min), max) : [];
  const below = min < 0 ? powers(Math.max(c, -max), -min) : [];
  return [...below.map(tick => -tick).reverse(), ...(min <= 0 && max >= 0 ? [0] : []), ...above];
}

function symlogConstant([min, max]: Range): number {
  return Math.max(Math.abs(min), Math.abs(max)) / SYMLOG_SPAN || 1;
}

function transform(scale: ScaleName, range: Range): (value: number) => number {
  switch (scale) {
    case 'linear':
      return value => value;
    case 'log':
      return value => Math.log(Math.max(value, Number.MIN_VALUE));
    case 'symlog': {
      const c = symlogConstant(range);
      return value => Math.sign(value) * Math.log1p(Math.abs(value) / c);
    }
  }
}
