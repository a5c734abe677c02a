import type { Target } from './names';

/**
 * A target with a class in place of "the highest", so that what was explained is asked for again of
 * another input or other weights, whichever class is the highest there.
 */
export function targetOfClass(target: Target, index: number | null): Target {
  if (target === null) {
    return index;
  }
  return typeof target === 'object' && 'class' in target && target.class === null
    ? { ...target, class: index }
    : target;
}

/** What a run explained, to be asked of another input or other weights: the same class, score and output. */
export const askedAgain = <S, O>(of: {
  target: Target;
  score: S;
  output: O;
  run: { targets: readonly { index: number }[] };
}): { target: Target; score: S; output: O } => ({
  target: targetOfClass(of.target, of.run.targets[0]?.index ?? null),
  score: of.score,
  output: of.output
});
