/** Says what number is explained where it is none of a vector of scores. */
import type { ScoreKind, Target } from '../../../explain/names';
import { ROUNDING } from '../../../explain/rounding';
import { classMessage } from '../../../messages/class-message';
import { type Message, message } from '../../../messages/message';
import type { ScorePoints } from '../../plan/score-points';
import { isCell, isUnits, type Scored } from './score';

/**
 * @param shape - Of the value scored, (n, …, classes).
 * @param ending - Of the output: with a softmax or sigmoid, its channels are classes at each place.
 */
export function scoreNotices(
  target: Target,
  shape: readonly number[],
  { subjects, targets }: Scored,
  ending: ScorePoints['ending']
): Message[] {
  if (isUnits(target) || shape.length < 3) {
    return [];
  }
  if (isCell(target)) {
    return [
      message('The score explained is number %1 of cell [%2] of the output.', target.channel, target.cell.join(', '))
    ];
  }
  const [subject] = subjects;
  if (typeof subject === 'object' && subject !== null && 'class' in subject && typeof subject.pixels === 'object') {
    const runs = 'runs' in subject.pixels ? subject.pixels.runs : [];
    const inside = runs.reduce((sum, length, i) => sum + (i % 2) * length, 0);
    return [
      message(
        'The score explained is the sum of the scores of %1 over %2 of the %3 pixels of the output.',
        classMessage(subject.class ?? 0),
        inside.toLocaleString(),
        (shape[1] * shape[2]).toLocaleString()
      )
    ];
  }
  if (ending !== 'none') {
    const places = shape.slice(1, -1).reduce((product, n) => product * n, 1);
    const minus = typeof subject === 'object' && subject !== null && 'minus' in subject ? subject.minus : undefined;
    return [
      minus === undefined
        ? message(
            'The score explained is the mean of %1 over all %2 places of the output.',
            classMessage(targets[0].index),
            places.toLocaleString()
          )
        : message(
            'The score explained is the mean of %1 less that of %2, over all %3 places of the output.',
            classMessage(targets[0].index),
            classMessage(minus),
            places.toLocaleString()
          )
    ];
  }
  return [
    message('The model has no classification head: the score explained is the mean of one channel of its output.')
  ];
}

/** Says of a probability that is 1 as far as its numbers tell that its maps are of next to nothing. */
export function saturated(
  shape: readonly number[],
  { targets, subjects }: Scored,
  kind: ScoreKind,
  ending: ScorePoints['ending']
): Message[] {
  const isOne = Math.abs(1 - targets[0].score) < ROUNDING;
  return kind === 'probability' && ending !== 'none' && shape.length === 2 && typeof subjects[0] === 'number' && isOne
    ? [
        message(
          'The probability explained is 1 as far as float32 can tell: hardly anything moves it, so the map’s values are next to nothing. The logit tells what speaks for the class.'
        )
      ]
    : [];
}
