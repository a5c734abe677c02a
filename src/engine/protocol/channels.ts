/** Channels that are switched off, and what the score is without each. */

import type { OffBy } from '../../state/vocabulary';

/** Channels of one layer whose values are replaced wherever the layer's output is read. */
export interface ChannelsOff {
  layer: string;
  /** Indices along the last axis, from 0. */
  channels: readonly number[];
  by: OffBy;
}

/** Asks for the score with each channel of a layer off in turn; what is off anyway stays off. */
export interface ChannelRanking {
  layer: string;
  by: OffBy;
}

export interface RankingFindings extends ChannelRanking {
  /** The score explained, of the first sample, with all channels on. */
  score: number;
  /** The same score with each channel off, by channel. */
  scores: Float64Array;
}
