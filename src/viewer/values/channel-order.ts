/** Filters and sorts the channels that a grid shows. */
import type { ChannelOrder } from '../../state/view-state';

export interface ChannelStatistics {
  /** One value a channel; over finite values, NaN where there is none. */
  min: Float32Array;
  max: Float32Array;
  mean: Float32Array;
}

/** @param data - (channels, height, width), C order. */
export function channelStatistics(data: Float32Array, channels: number): ChannelStatistics {
  const size = data.length / channels;
  const [min, max, mean] = [0, 1, 2].map(() => new Float32Array(channels).fill(NaN));
  for (let channel = 0; channel < channels; channel++) {
    let [low, high, sum, count] = [Infinity, -Infinity, 0, 0];
    for (let at = channel * size; at < (channel + 1) * size; at++) {
      const value = data[at];
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        sum += value;
        count++;
      }
    }
    if (count > 0) {
      min[channel] = low;
      max[channel] = high;
      mean[channel] = sum / count;
    }
  }
  return { min, max, mean };
}

/** `dead`: zero everywhere. `constant`: one other value, or none that is finite. */
export type ChannelKind = 'live' | 'constant' | 'dead';

export function channelKind({ min, max }: ChannelStatistics, channel: number): ChannelKind {
  const isConstant = !(max[channel] > min[channel]);
  return isConstant ? (max[channel] === 0 ? 'dead' : 'constant') : 'live';
}

/** Channels by a score, largest first; equal ones, and NaN at the end, by index. */
function byScore(scores: ArrayLike<number>): number[] {
  const key = (channel: number): number => (Number.isNaN(scores[channel]) ? -Infinity : scores[channel]);
  return Array.from(scores, (_, channel) => channel).sort((a, b) => key(b) - key(a) || a - b);
}

/** Pearson's correlation of each map with that of one channel; 0 for constant maps. */
export function similarities(
  data: Float32Array,
  channels: number,
  { mean }: ChannelStatistics,
  reference: number
): Float32Array {
  const size = data.length / channels;
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let at = 0; at < size; at++) {
      const product = (data[a * size + at] - mean[a]) * (data[b * size + at] - mean[b]);
      sum += Number.isFinite(product) ? product : 0;
    }
    return sum;
  };
  const own = dot(reference, reference);
  return Float32Array.from({ length: channels }, (_, channel) => {
    const norm = Math.sqrt(own * dot(channel, channel));
    return norm > 0 ? dot(reference, channel) / norm : 0;
  });
}

export interface OrderOptions {
  order: ChannelOrder;
  hideDead: boolean;
  /** Channel that similarity is to. */
  reference: number;
  /** Each channel's part of the explanation's sum; null if it is not known yet: then by index. */
  weights: Float32Array | null;
}

/** The channels to show, in order. */
export function channelOrder(
  data: Float32Array,
  channels: number,
  statistics: ChannelStatistics,
  { order, hideDead, reference, weights }: OrderOptions
): number[] {
  const scores: Readonly<Record<ChannelOrder, () => ArrayLike<number> | null>> = {
    index: () => null,
    mean: () => statistics.mean,
    max: () => statistics.max,
    weight: () => weights,
    similarity: () => similarities(data, channels, statistics, reference)
  };
  const by = scores[order]();
  const all = by ? byScore(by) : Array.from({ length: channels }, (_, channel) => channel);
  return hideDead ? all.filter(channel => channelKind(statistics, channel) === 'live') : all;
}
