/** Ticks of a colour bar, and numbers as text. */

/**
 * Round numbers inside [min, max], 1, 2 or 5 times a power of ten apart.
 *
 * @param count - About how many: between half and twice as many come back.
 * @returns Ascending; the one value of an empty range; nothing if a bound is not finite.
 */
export function niceTicks(min: number, max: number, count = 5): number[] {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) {
    return [];
  }
  if (min === max) {
    return [min];
  }
  const step = niceStep((max - min) / Math.max(count, 1));
  const ticks: number[] = [];
  // Bounds like 0.3 are not multiples of 0.1 in binary; the slack keeps them.
  const last = Math.floor(max / step + 1e-9);
  for (let index = Math.ceil(min / step - 1e-9); index <= last; index++) {
    ticks.push(roundTo(index * step, step));
  }
  return ticks;
}

/** 1, 2 or 5 times a power of ten, nearest to a step in ratio. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const lead = step / power;
  // The geometric means of neighbours: sqrt(2), sqrt(10), sqrt(50).
  return power * (lead < Math.SQRT2 ? 1 : lead < Math.sqrt(10) ? 2 : lead < Math.sqrt(50) ? 5 : 10);
}

/** Drops the binary noise of a multiple of a step: 3 * 0.1 is 0.3. */
function roundTo(value: number, step: number): number {
  const digits = Math.min(Math.max(1 - Math.floor(Math.log10(step)), 0), 100);
  return digits < 16 ? Number(value.toFixed(digits)) + 0 : Number(value.toPrecision(12));
}

/**
 * A number with 3 or 4 significant digits, without trailing zeros: `0.1235`,
 * `12`, `1.5e-7`. Exponents below 1e-3 and from 1e5; NaN and infinities in words.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '-∞';
  }
  if (value === 0) {
    return '0';
  }
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  if (magnitude >= 1e-3 && magnitude < 1e5) {
    return String(rounded);
  }
  return exponential(rounded, digits);
}

/** A share of a whole, the same everywhere; what is more than nothing is never 0. */
export const percentText = (share: number): string =>
  share > 0 && share < 0.0005 ? '< 0.1 %' : `${(100 * share).toFixed(1)} %`;

const exponential = (value: number, digits: number): string =>
  Number(value.toPrecision(digits)).toExponential().replace('e+', 'e');

/** Labels of ticks: in one notation, and as short as they can be while telling neighbours apart. */
export function tickLabels(ticks: readonly number[]): string[] {
  for (let digits = 3; digits < 12; digits++) {
    const labels = ticks.map(tick => formatNumber(tick, digits));
    if (new Set(labels).size === new Set(ticks).size) {
      return labels.some(hasExponent)
        ? ticks.map((tick, i) => (tick === 0 || hasExponent(labels[i]) ? labels[i] : exponential(tick, digits)))
        : labels;
    }
  }
  return ticks.map(String);
}

const hasExponent = (label: string): boolean => label.includes('e');

/**
 * Which ticks have a label, so that no label touches the next: every one, every second and so on, zero among them.
 * Labels are kept within the axis, as it is drawn: one at an end lies further in, nearer to its neighbour.
 *
 * @param places - Where the ticks are, 0..1 of the axis, ascending.
 * @param letters - How many fit on the axis.
 */
export function legible(labels: readonly string[], places: readonly number[], letters: number): boolean[] {
  const zero = Math.max(0, labels.indexOf('0'));
  for (let every = 1; every < labels.length; every++) {
    const shown = labels.map((_, i) => (i - zero) % every === 0);
    const kept = labels.flatMap(({ length }, i) => {
      const half = length / 2;
      return shown[i] ? [{ middle: Math.max(half, Math.min(letters - half, places[i] * letters)), half }] : [];
    });
    // A letter between two.
    if (kept.every(({ middle, half }, i) => i === 0 || middle - half >= kept[i - 1].middle + kept[i - 1].half + 1)) {
      return shown;
    }
  }
  return labels.map((_, i) => i === zero);
}
