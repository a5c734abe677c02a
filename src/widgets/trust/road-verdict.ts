import type { RoadFindings } from '../../engine/protocol/trust';
import { message } from '../../messages/message';
import { inShort, NOTICEABLE, type Verdict } from './verdicts';

/** Half the mean of the score without the least less that without the most, beside chance's. */
export function roadVerdict({ map, shuffled }: RoadFindings): Verdict {
  const margin = NOTICEABLE * Math.max(...map.least.map(Math.abs), ...map.most.map(Math.abs));
  const chance = shuffled.map(({ combined }) => combined);
  const numbers = [inShort(map.combined), chance.map(inShort).join(', ')] as const;
  if (map.combined > margin && chance.every(other => map.combined > other + margin)) {
    return {
      grade: 'good',
      text: message(
        'Good: the score falls more without the pixels that the map marks most than without those it marks least (%1, at random places %2).',
        ...numbers
      )
    };
  }
  return map.combined > margin
    ? {
        grade: 'doubtful',
        text: message(
          'Doubtful: the score falls more without the pixels that the map marks most (%1), but no more than at random places (%2).',
          ...numbers
        )
      }
    : {
        grade: 'bad',
        text: message(
          'Bad: without the pixels that the map marks most the score falls no more than without those it marks least (%1, at random places %2).',
          ...numbers
        )
      };
}
