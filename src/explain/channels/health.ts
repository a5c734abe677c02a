/**
 * What the channels of a layer do over a set of images.
 *
 * A channel is one of these, the first that fits:
 * - dead: exactly 0 at every position of every image, behind an activation that rectifies
 *   (Lu et al., "Dying ReLU and initialization: theory and numerical examples", Commun. Comput. Phys. 2020);
 * - constant: its largest and smallest value differ by no more than a millionth of its largest magnitude;
 * - saturated: at least 95 % of its values lie within 1 % of the activation's range from one of its ends
 *   (Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
 *   AISTATS 2010), or at the bound of a ReLU that has one;
 * - duplicate: Pearson's correlation with a channel of smaller index that is none of these, over all positions
 *   of all images, is at least 0.99 (RoyChowdhury et al., "Reducing duplicate filters in deep neural networks",
 *   NIPS workshop 2017, compare weights; what counts here is what they give);
 * - live: none of these.
 */

export const CHANNEL_KINDS = ['dead', 'constant', 'saturated', 'duplicate', 'live'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Share of a channel's values that lie at an end of the activation, from which it is saturated. */
const SATURATED = 0.95;
/** Correlation from which two channels are near-duplicates. */
const ALIKE = 0.99;
/** Positions, of all images, below which correlations say nothing. */
const FEWEST_POSITIONS = 32;
/** Of the largest magnitude: less is rounding. */
const ROUNDING = 1e-6;

/** Where the values of an activation come to an end. */
export interface Ends {
  /** Negative values become 0. */
  rectifies: boolean;
  /** Values that are not above, or not below, are at an end; null where there is none. */
  low: number | null;
  high: number | null;
}

export interface LayerHealth {
  channels: number;
  /** Of one channel, over all images. */
  positions: number;
  ends: Ends;
  /** By channel. */
  kinds: ChannelKind[];
  /** Of each duplicate: the channel that it is like, and their correlation. */
  twins: { channel: number; like: number; correlation: number }[];
  /** Share of all values that lie at an end; null of an activation without ends. */
  atEnds: number | null;
  /** False where there are too few positions to compare channels. */
  isCompared: boolean;
}

/** The values of one image's channels in short. */
export interface ImageChannels {
  positions: number;
  min: Float64Array;
  max: Float64Array;
  mean: Float64Array;
  /** Values at an end of the activation. */
  atEnds: Float64Array;
  /** False where a value is not a finite number. */
  isFinite: boolean;
}

/** @param data - (positions, channels), C order. */
export function imageChannels(data: Float32Array, channels: number, { low, high }: Ends): ImageChannels {
  const positions = data.length / channels;
  const min = new Float64Array(channels).fill(Infinity);
  const max = new Float64Array(channels).fill(-Infinity);
  const [mean, atEnds] = [new Float64Array(channels), new Float64Array(channels)];
  const [below, above] = [low ?? -Infinity, high ?? Infinity];
  for (let at = 0; at < data.length;) {
    for (let channel = 0; channel < channels; channel++, at++) {
      const value = data[at];
      mean[channel] += value;
      if (value < min[channel]) {
        min[channel] = value;
      }
      if (value > max[channel]) {
        max[channel] = value;
      }
      if (value <= below || value >= above) {
        atEnds[channel]++;
      }
    }
  }
  mean.forEach((sum, channel) => (mean[channel] = sum / positions));
  return { positions, min, max, mean, atEnds, isFinite: mean.every(Number.isFinite) };
}

/** The channels of a layer, image by image. */
export class ChannelSums {
  constructor(
    readonly channels: number,
    readonly ends: Ends
  ) {
    this.min = new Float64Array(channels).fill(Infinity);
    this.max = new Float64Array(channels).fill(-Infinity);
    this.mean = new Float64Array(channels);
    this.atEnds = new Float64Array(channels);
    this.products = new Float64Array(channels * channels);
  }

  /**
   * Adds an image, as Chan et al. ("Updating formulae and a pairwise algorithm for computing
   * sample variances", 1979) add up variances, so that large means cost no digits.
   *
   * @param products - (channels, channels): sums, over the image's positions, of products of deviations from its means.
   */
  add(image: ImageChannels, products: ArrayLike<number>): void {
    const { channels, mean } = this;
    const total = this.positions + image.positions;
    const weight = (this.positions * image.positions) / total;
    const moved = image.mean.map((value, channel) => value - mean[channel]);
    for (let row = 0, at = 0; row < channels; row++) {
      const factor = moved[row] * weight;
      for (let column = 0; column < channels; column++, at++) {
        this.products[at] += products[at] + factor * moved[column];
      }
    }
    for (let channel = 0; channel < channels; channel++) {
      mean[channel] += (moved[channel] * image.positions) / total;
      this.min[channel] = Math.min(this.min[channel], image.min[channel]);
      this.max[channel] = Math.max(this.max[channel], image.max[channel]);
      this.atEnds[channel] += image.atEnds[channel];
    }
    this.positions = total;
  }

  health(): LayerHealth {
    const { channels, positions, ends, products } = this;
    const isCompared = positions >= FEWEST_POSITIONS;
    const twins: LayerHealth['twins'] = [];
    const kinds: ChannelKind[] = [];
    for (let channel = 0; channel < channels; channel++) {
      const kind = this.ownKind(channel);
      kinds.push(kind);
      for (let other = 0; kind === 'live' && isCompared && other < channel; other++) {
        const norm = Math.sqrt(products[channel * (channels + 1)] * products[other * (channels + 1)]);
        const correlation = products[channel * channels + other] / norm;
        if (kinds[other] === 'live' && correlation >= ALIKE) {
          kinds[channel] = 'duplicate';
          twins.push({ channel, like: other, correlation: Math.min(correlation, 1) });
          break;
        }
      }
    }
    const hasEnds = ends.low !== null || ends.high !== null;
    const atEnds = hasEnds ? this.atEnds.reduce((a, b) => a + b, 0) / (channels * positions) : null;
    return { channels, positions, ends, kinds, twins, atEnds, isCompared };
  }

  /** By itself, not beside the others. */
  private ownKind(channel: number): ChannelKind {
    const [low, high] = [this.min[channel], this.max[channel]];
    if (low === 0 && high === 0 && this.ends.rectifies) {
      return 'dead';
    }
    if (high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high))) {
      return 'constant';
    }
    return this.atEnds[channel] >= SATURATED * this.positions ? 'saturated' : 'live';
  }

  private positions = 0;
  private readonly min: Float64Array;
  private readonly max: Float64Array;
  private readonly mean: Float64Array;
  private readonly atEnds: Float64Array;
  private readonly products: Float64Array;
}
