import type { RankingFindings } from '../../engine/protocol/channels';
import { isRounding } from '../../explain/rounding';

export interface Effect {
  channel: number;
  /** Without the channel. */
  score: number;
  /** The score without the channel less that with it. */
  change: number;
}

/** Rows at either end of a long list. */
const SHOWN = 20;

/** The channels, those without which the score falls most first. What only rounds otherwise is no change: such tie. */
export function rankEffects({ score, scores }: Pick<RankingFindings, 'score' | 'scores'>): Effect[] {
  return Array.from(scores, (without, channel) => {
    const change = without - score;
    const isNone = isRounding(Math.abs(change), Math.max(Math.abs(score), Math.abs(without)));
    return { channel, score: isNone ? score : without, change: isNone ? 0 : change };
  }).sort((a, b) => a.change - b.change || a.channel - b.channel);
}

/** Of a long list its two ends, with null where the middle was. */
export function middleLeftOut<T>(rows: readonly T[]): (T | null)[] {
  return rows.length > 2 * SHOWN + 1 ? [...rows.slice(0, SHOWN), null, ...rows.slice(-SHOWN)] : [...rows];
}
