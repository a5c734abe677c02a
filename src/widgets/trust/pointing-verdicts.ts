/** The pointing game, and the share inside, in one sentence that begins with good, bad or doubtful. */
import type { Pointing } from '../../explain/trust/pointing';
import { type Message, message } from '../../messages/message';
import { percentText } from '../../viewer/values/numbers';
import type { Verdict } from './verdicts';

/** A sentence with the share inside, and that of a map of equal values. */
type Sentence = (share: string, area: string) => Message;

/** Null where it cannot be said. */
const verdictIn =
  (sentences: { good: Sentence; bad: Sentence; onlyHit: Sentence; onlyShare: Sentence }) =>
  ({ hit, share, area }: Pointing): Verdict | null => {
    if (hit === null || share === null) {
      return null;
    }
    const numbers = [percentText(share), percentText(area)] as const;
    if (hit === share > area) {
      return hit
        ? { grade: 'good', text: sentences.good(...numbers) }
        : { grade: 'bad', text: sentences.bad(...numbers) };
    }
    return { grade: 'doubtful', text: hit ? sentences.onlyHit(...numbers) : sentences.onlyShare(...numbers) };
  };

/** Of the cells that a region holds. */
export const pointingVerdict = verdictIn({
  good: (...numbers) =>
    message(
      'Good: the map’s highest cell lies in the region, which holds %1 of what is positive in %2 of the cells.',
      ...numbers
    ),
  bad: (...numbers) =>
    message(
      'Bad: the map’s highest cell lies beside the region, which holds only %1 of what is positive in %2 of the cells.',
      ...numbers
    ),
  onlyHit: (...numbers) =>
    message(
      'Doubtful: the map’s highest cell lies in the region, but it holds only %1 of what is positive in %2 of the cells.',
      ...numbers
    ),
  onlyShare: (...numbers) =>
    message(
      'Doubtful: the map’s highest cell lies beside the region, which yet holds %1 of what is positive in %2 of the cells.',
      ...numbers
    )
});

/** Of a mask, on the picture's pixels. */
export const maskVerdict = verdictIn({
  good: (...numbers) =>
    message(
      'Good: the map’s highest pixel lies in the mask, which holds %1 of what is positive in %2 of the picture.',
      ...numbers
    ),
  bad: (...numbers) =>
    message(
      'Bad: the map’s highest pixel lies beside the mask, which holds only %1 of what is positive in %2 of the picture.',
      ...numbers
    ),
  onlyHit: (...numbers) =>
    message(
      'Doubtful: the map’s highest pixel lies in the mask, but it holds only %1 of what is positive in %2 of the picture.',
      ...numbers
    ),
  onlyShare: (...numbers) =>
    message(
      'Doubtful: the map’s highest pixel lies beside the mask, which yet holds %1 of what is positive in %2 of the picture.',
      ...numbers
    )
});
