import type { RankingFindings } from '../../engine/protocol/channels';

export interface Effect {
  channel: number;
  /** Without the channel. */
  score: number;
  /** The score without the channel less that with it. */
  change: number;
}

/** Rows at either end of a long list. */
const SHOWN = 20;

/** The channels, those without which the score falls most first. */
export function rankEffects({ score, scores }: Pick<RankingFindings, 'score' | 'scores'>): Effect[] {
  return Array.from(scores, (without, channel) => ({ channel, score: without, change: without - score })).sort(
    (a, b) => a.change - b.change || a.channel - b.channel
  );
}

/** Of a long list its two ends, with null where the middle was. */
export function middleLeftOut<T>(rows: readonly T[]): (T | null)[] {
  return rows.length > 2 * SHOWN + 1 ? [...rows.slice(0, SHOWN), null, ...rows.slice(-SHOWN)] : [...rows];
}
