/** The labels of a colour bar: both its ends, and round numbers between them where they touch no other. */
import type { ScaleName } from '../../state/view-state';
import { legible, tickLabels } from './numbers';
import { scaleTicks, scaleToUnit } from './scale';
import type { Range } from './statistics';

export interface BarTick {
  value: number;
  /** 0..1 of the bar. */
  place: number;
  label: string;
}

/** Digits of an end, which need not be round. */
const DIGITS = 3;

/** @param letters - How many fit on the bar. */
export function barTicks(scale: ScaleName, range: Range, letters: number): BarTick[] {
  const [min, max] = range;
  const round = scaleTicks(scale, range, 5);
  if (!(max > min) || !Number.isFinite(max - min)) {
    return round.map((value, i) => ({ value, place: 0.5, label: tickLabels(round)[i] }));
  }
  const placeOf = (value: number): number => Math.min(1, Math.max(0, scaleToUnit(scale, value, range)));
  const slack = (max - min) * 1e-6;
  const between = round.filter(tick => tick > min + slack && tick < max - slack);
  // In one notation.
  const labels = tickLabels([min, ...between, max].map(value => Number(value.toPrecision(DIGITS))));
  const ticks = [min, ...between, max].map((value, i) => ({ value, place: placeOf(value), label: labels[i] }));
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  // Those at the ends are kept within the bar; a letter between two.
  const isFree = ({ place, label }: BarTick): boolean =>
    place * letters - label.length / 2 >= first.label.length + 1 &&
    place * letters + label.length / 2 <= letters - last.label.length - 1;
  const free = ticks.slice(1, -1).filter(isFree);
  const shown = legible(
    free.map(({ label }) => label),
    free.map(({ place }) => place),
    letters
  );
  return [first, ...free.filter((_, i) => shown[i]), last];
}
