/** Ranks a value among others. */

/** The finite values in order. */
export function sortedFinite(values: Float32Array): Float32Array {
  return values.filter(Number.isFinite).sort();
}

/** The percentage, 0..100, of sorted values that are at most a value; NaN where there are none. */
export function percentileOf(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return sorted.length === 0 ? NaN : (100 * low) / sorted.length;
}

/** The rank of a channel's value among all channels at one cell, from 1, the largest; equal values share the better rank. */
export function rankAmongChannels(data: Float32Array, channels: number, channel: number, cell: number): number {
  const size = data.length / channels;
  const own = data[channel * size + cell];
  let rank = 1;
  for (let other = cell; other < data.length; other += size) {
    if (data[other] > own) {
      rank++;
    }
  }
  return rank;
}
