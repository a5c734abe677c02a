import type { ShareInside } from '../../explain/set/share-inside';
import { message } from '../../messages/message';
import { percentText } from '../../viewer/values/numbers';
import type { Verdict } from './verdicts';

/** The pointing game in a mask; null where it cannot be said. */
export function maskVerdict({ hit, share, area }: ShareInside): Verdict | null {
  if (hit === null || share === null) {
    return null;
  }
  const numbers = [percentText(share), percentText(area)] as const;
  if (hit && share > area) {
    return {
      grade: 'good',
      text: message(
        'Good: the map’s highest pixel lies in the mask, which holds %1 of what is positive in %2 of the picture.',
        ...numbers
      )
    };
  }
  if (!hit && share <= area) {
    return {
      grade: 'bad',
      text: message(
        'Bad: the map’s highest pixel lies beside the mask, which holds only %1 of what is positive in %2 of the picture.',
        ...numbers
      )
    };
  }
  return {
    grade: 'doubtful',
    text: hit
      ? message(
          'Doubtful: the map’s highest pixel lies in the mask, but it holds only %1 of what is positive in %2 of the picture.',
          ...numbers
        )
      : message(
          'Doubtful: the map’s highest pixel lies beside the mask, which yet holds %1 of what is positive in %2 of the picture.',
          ...numbers
        )
  };
}
