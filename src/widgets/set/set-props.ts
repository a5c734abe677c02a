import type { Verdict } from '../../classes/predicted';
import type { RunResult } from '../../engine/protocol/protocol';
import type { ModelPayload } from '../../mime/payload';

export interface SetProps {
  payload: ModelPayload;
  /** What was computed last, which tells what kind of output it is. */
  run: RunResult | null;
  /** Of each image. */
  verdicts: readonly Verdict[];
}
