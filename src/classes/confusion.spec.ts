import { expect, it } from 'vitest';
import { confusionOf } from './confusion';
import type { Verdict } from './predicted';

const of = (truth: number | null, predicted: number | null): Verdict => ({
  truth,
  predicted,
  score: 0.5,
  isRight: truth === null || predicted === null ? null : truth === predicted,
  problem: null
});

it('counts images by true class and prediction; what is not known is left out', () => {
  const verdicts = [of(0, 0), of(0, 2), of(0, 2), of(2, 2), of(2, 0), of(null, 0), of(2, null)];
  expect(confusionOf(verdicts)).toEqual({
    classes: [0, 2],
    counts: [
      [1, 2],
      [1, 1]
    ],
    unknown: 2,
    hidden: { classes: 0, images: 0 }
  });
  expect(confusionOf([of(1, null)])).toMatchObject({ classes: [], counts: [], unknown: 1 });
});

it('shows the classes with the most errors of very many', () => {
  const verdicts = [of(0, 0), of(0, 0), of(0, 0), of(1, 1), of(3, 2), of(2, 2)];
  expect(confusionOf(verdicts, 2)).toEqual({
    classes: [2, 3],
    counts: [
      [1, 0],
      [1, 0]
    ],
    unknown: 0,
    hidden: { classes: 2, images: 4 }
  });
});
