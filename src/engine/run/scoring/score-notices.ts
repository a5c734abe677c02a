/** Says what number is explained where it is none of a vector of scores. */
import type { Target } from '../../../explain/names';
import { type Message, message } from '../../../messages/message';
import { isCell, isUnits, type Scored } from './score';

/** @param shape - Of the value scored, (n, …, classes). */
export function scoreNotices(target: Target, shape: readonly number[], { subjects }: Scored): Message[] {
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
        'The score explained is the sum of the scores of class %1 over %2 of the %3 pixels of the output.',
        subject.class ?? '',
        inside.toLocaleString(),
        (shape[1] * shape[2]).toLocaleString()
      )
    ];
  }
  return [
    message('The model has no classification head: the score explained is the mean of one channel of its output.')
  ];
}
