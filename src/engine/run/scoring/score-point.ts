/** Where a request reads its score. */
import type { OpenModel } from '../../model/open-model';
import type { ScorePoint } from '../../plan/score-points';
import type { RunParams } from '../../protocol/protocol';
import { isUnits } from './score';

/** The value that is scored; null where there is nothing to score. */
export function scorePoint(
  model: OpenModel,
  { target, score, output = null }: Pick<RunParams, 'target' | 'score' | 'output'>,
  isNeeded: boolean
): ScorePoint | null {
  if (isUnits(target)) {
    model.requireLayer(target.layer);
    return { at: target.layer, ending: 'none', behind: null };
  }
  if (!isNeeded && !model.runnable.has(model.output(output).node)) {
    return null;
  }
  const points = model.score(output);
  const isLogit = score === 'logit';
  return { at: isLogit ? points.logits : points.output, ending: points.ending, behind: isLogit ? points.behind : null };
}
