/** Ranges, percentiles and histograms of maps. NaN and infinities are left out. */
import type { RangeChoice } from '../../state/view-state';

/** A rule that is the same for all maps, or the range itself. */
export type FixedRange = Exclude<RangeChoice, 'auto'>;

export type Range = [min: number, max: number];

/** Result of {@link valueRange} where no value is finite. */
const NOTHING: Range = [0, 1];

/** Smallest and largest finite value; [0, 1] if there is none. */
export function minMax(data: Float32Array): Range {
  let min = Infinity;
  let max = -Infinity;
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (value < min && value > -Infinity) {
      min = value;
    }
    if (value > max && value < Infinity) {
      max = value;
    }
  }
  return min <= max ? [min, max] : [...NOTHING];
}

/** The finite values, copied. */
function finiteValues(data: Float32Array): Float32Array {
  const kept = new Float32Array(data.length);
  let count = 0;
  for (let index = 0; index < data.length; index++) {
    if (Number.isFinite(data[index])) {
      kept[count++] = data[index];
    }
  }
  return kept.subarray(0, count);
}

/**
 * Reorders `values` so that index `rank` holds what it would if sorted, with
 * nothing larger before it and nothing smaller behind (Hoare's quickselect).
 */
function select(values: Float32Array, rank: number, from = 0): void {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) {
        left++;
      }
      while (values[right] > pivot) {
        right--;
      }
      if (left <= right) {
        const swapped = values[left];
        values[left++] = values[right];
        values[right--] = swapped;
      }
    }
    if (rank <= right) {
      high = right;
    } else if (rank >= left) {
      low = left;
    } else {
      return;
    }
  }
}

/**
 * Percentiles of the finite values, linear between ranks as `numpy.percentile`.
 *
 * @param percents - 0..100, ascending.
 * @returns One value a percent, NaN if nothing is finite.
 */
export function percentiles(data: Float32Array, percents: readonly number[]): number[] {
  const values = finiteValues(data);
  let sorted = 0;
  return percents.map(percent => {
    if (values.length === 0) {
      return NaN;
    }
    const place = (percent / 100) * (values.length - 1);
    const rank = Math.floor(place);
    select(values, rank, sorted);
    sorted = rank;
    if (rank === place) {
      return values[rank];
    }
    select(values, rank + 1, rank + 1);
    return values[rank] + (place - rank) * (values[rank + 1] - values[rank]);
  });
}

/** [-m, m] for the largest finite magnitude m: zero in the middle, for diverging colour maps; where all is zero, too. */
export function symmetric(range: Range): Range {
  const magnitude = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  return magnitude > 0 ? [-magnitude, magnitude] : [-1, 1];
}

/**
 * The range that a colour map spans over some values: of one map, or of all maps of a layer.
 *
 * @param choice - "auto" is for `fittingRange` to decide, of all maps that are seen together.
 */
export function valueRange(choice: FixedRange, values: Float32Array): Range {
  if (typeof choice !== 'string') {
    return [choice[0], choice[1]];
  }
  switch (choice) {
    case 'min-max':
      return minMax(values);
    case 'symmetric':
      return symmetric(minMax(values));
    case 'percentile': {
      const [low, high] = percentiles(values, [1, 99]);
      return Number.isNaN(low) ? [...NOTHING] : [low, high];
    }
  }
}

/**
 * The range of each of many maps, min and max interleaved, as `HeatmapStyle.ranges`
 * takes them when tile i shows map i.
 */
export function valueRanges(choice: FixedRange, data: Float32Array, channels: number): Float32Array {
  const size = data.length / channels;
  const ranges = new Float32Array(2 * channels);
  for (let channel = 0; channel < channels; channel++) {
    ranges.set(valueRange(choice, data.subarray(channel * size, (channel + 1) * size)), 2 * channel);
  }
  return ranges;
}

/**
 * Counts in equal bins over [min, max], the last one closed, as
 * `numpy.histogram`; what lies outside, and NaN, is not counted.
 */
export function histogram(data: Float32Array, bins: number, [min, max]: Range): Uint32Array {
  const counts = new Uint32Array(bins);
  const scale = max > min ? bins / (max - min) : 0;
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (value >= min && value <= max) {
      counts[Math.min(Math.floor((value - min) * scale), bins - 1)]++;
    }
  }
  return counts;
}
