/** What a check found, in one sentence that begins with good, bad or doubtful. */
import type {
  AdviceFindings,
  AgreementFindings,
  CurveFindings,
  RandomisationFindings,
  RandomisedStage
} from '../../engine/protocol/trust';
import { type Message, message } from '../../messages/message';
import { METHOD_LABELS } from '../../state/methods';
import type { MethodName } from '../../state/view-state';

export type Grade = 'good' | 'bad' | 'doubtful';

export interface Verdict {
  grade: Grade;
  text: Message;
}

/** Rank correlations below the first say "not alike", above the second "alike": ours, no paper names any. */
const LIMITS = { low: 0.3, high: 0.6 };

/** Areas that differ by less than this share of the whole picture's score are one and the same: ours too. */
export const NOTICEABLE = 0.02;

export const inShort = (value: number): string => value.toFixed(3);
const all = (areas: readonly number[]): string => areas.map(inShort).join(', ');

export function curveVerdict(findings: CurveFindings): Verdict {
  const { map, shuffled } = findings;
  const { whole, empty, isEmptyFlat, isBlurredFlat } = ends(findings);
  if (isEmptyFlat && isBlurredFlat) {
    return {
      grade: 'doubtful',
      text: message(
        'Nothing to tell: the picture with nothing of it left scores %1, not much less than the whole one (%2), so neither curve says whether the map is right.',
        inShort(empty),
        inShort(whole)
      )
    };
  }
  const chance = {
    deletion: shuffled.map(({ deletion }) => deletion.area),
    insertion: shuffled.map(({ insertion }) => insertion.area)
  };
  const margin = NOTICEABLE * Math.abs(map.deletion.scores[0]);
  const falls = chance.deletion.every(area => map.deletion.area < area - margin);
  const rises = chance.insertion.every(area => map.insertion.area > area + margin);
  const numbers = [
    inShort(map.deletion.area),
    all(chance.deletion),
    inShort(map.insertion.area),
    all(chance.insertion)
  ] as const;
  if (falls && rises) {
    return {
      grade: 'good',
      text: message(
        'Good: the score falls sooner without the pixels that the map marks (area %1, at random places %2), and rises sooner with them (area %3, at random places %4).',
        ...numbers
      )
    };
  }
  return falls || rises
    ? {
        grade: 'doubtful',
        text: message(
          'Doubtful: only one of the two curves is better than chance. Deletion: area %1, at random places %2. Insertion: area %3, at random places %4.',
          ...numbers
        )
      }
    : {
        grade: 'bad',
        text: message(
          'Bad: both curves are no better than chance, so the map does not say which pixels the score needs. Deletion: area %1, at random places %2. Insertion: area %3, at random places %4.',
          ...numbers
        )
      };
}

/** Where the curves begin and end, and which of them have next to nothing to lose or to win. */
function ends({ map: { deletion, insertion } }: CurveFindings): {
  whole: number;
  empty: number;
  blurred: number;
  isEmptyFlat: boolean;
  isBlurredFlat: boolean;
} {
  const [whole, empty, blurred] = [
    deletion.scores[0],
    deletion.scores[deletion.scores.length - 1],
    insertion.scores[0]
  ];
  const isFlat = (start: number): boolean => Math.abs(whole - start) < Math.abs(whole) / 2;
  return { whole, empty, blurred, isEmptyFlat: isFlat(empty), isBlurredFlat: isFlat(blurred) };
}

/** Why one of the curves says little: the empty picture scores nearly as much as the whole one. */
export function curveCaution(findings: CurveFindings): Message | null {
  const { whole, empty, blurred, isEmptyFlat, isBlurredFlat } = ends(findings);
  // Of both the verdict tells.
  if (isEmptyFlat === isBlurredFlat) {
    return null;
  }
  return isBlurredFlat
    ? message(
        'Insertion says little here: the picture from which it starts scores %1 already, of %2. Look at deletion, or choose a library that starts from 0.',
        inShort(blurred),
        inShort(whole)
      )
    : message(
        'Deletion says little here: the picture with nothing of it left still scores %1, of %2.',
        inShort(empty),
        inShort(whole)
      );
}

export function randomisationVerdict({ order, stages }: RandomisationFindings): Verdict | null {
  if (stages.length === 0) {
    return null;
  }
  return order === 'cascading' ? cascadingVerdict(stages) : independentVerdict(stages);
}

function cascadingVerdict(stages: readonly RandomisedStage[]): Verdict {
  const { rankOfSizes: end } = stages[stages.length - 1];
  if (end === null) {
    return {
      grade: 'doubtful',
      text: message('Doubtful: with all layers random the map is the same everywhere, and cannot be compared.')
    };
  }
  const alike = inShort(end);
  if (Math.abs(end) < LIMITS.low) {
    const late = mostAlike(stages.slice(1, -1));
    return late
      ? {
          grade: 'doubtful',
          text: message(
            'Doubtful: with all layers random another map comes out (rank correlation %1), but with those from the output down to %2 it is still nearly the same (%3): it depends little on what these have learnt.',
            alike,
            late.layers[late.layers.length - 1],
            inShort(late.rankOfSizes)
          )
        }
      : {
          grade: 'good',
          text: message(
            'Good: with all layers random another map comes out (rank correlation %1), so this one depends on what the model has learnt.',
            alike
          )
        };
  }
  return Math.abs(end) > LIMITS.high
    ? {
        grade: 'bad',
        text: message(
          'Bad: with all layers random nearly the same map comes out (rank correlation %1): it would look like this of a model that has learnt nothing.',
          alike
        )
      }
    : {
        grade: 'doubtful',
        text: message('Doubtful: with all layers random the map is still somewhat alike (rank correlation %1).', alike)
      };
}

/** The stage whose map is most like that of the trained model, if alike at all. */
function mostAlike(stages: readonly RandomisedStage[]): (RandomisedStage & { rankOfSizes: number }) | null {
  const alike = stages.filter(
    (stage): stage is RandomisedStage & { rankOfSizes: number } => Math.abs(stage.rankOfSizes ?? 0) > LIMITS.high
  );
  return alike.sort((a, b) => Math.abs(b.rankOfSizes) - Math.abs(a.rankOfSizes))[0] ?? null;
}

function independentVerdict(stages: readonly RandomisedStage[]): Verdict {
  const kept = stages.filter(({ rankOfSizes }) => rankOfSizes !== null && rankOfSizes > LIMITS.high);
  if (kept.length === 0) {
    return { grade: 'good', text: message('Good: whichever group of layers is random, the map changes.') };
  }
  const names = kept.flatMap(({ layers }) => layers).join(', ');
  return kept.length === stages.length
    ? {
        grade: 'bad',
        text: message('Bad: no group of layers that is random alone changes the map much.')
      }
    : {
        grade: 'doubtful',
        text: message('Doubtful: the map hardly changes with what these layers have learnt: %1.', names)
      };
}

export function agreementVerdict({ methods, correlations }: AgreementFindings, shown: MethodName): Verdict | null {
  const at = methods.indexOf(shown);
  const others = correlations
    .slice(at * methods.length, (at + 1) * methods.length)
    .flatMap((value, i) => (i === at || value === null ? [] : [{ method: methods[i], value }]))
    .sort((a, b) => a.value - b.value);
  if (at < 0 || others.length === 0) {
    return null;
  }
  const mean = others.reduce((sum, { value }) => sum + value, 0) / others.length;
  const numbers = [METHOD_LABELS[shown], inShort(mean), others.length] as const;
  if (mean > LIMITS.high) {
    // A mean hides those that stand apart.
    const apart = others.filter(({ value }) => value < LIMITS.high);
    return {
      grade: 'good',
      text:
        apart.length === 0
          ? message('Good: %1 ranks the cells much as the other %3 methods do (mean correlation %2).', ...numbers)
          : message(
              'Good: %1 ranks the cells much as the other %3 methods do (mean correlation %2), least with %4.',
              ...numbers,
              apart.map(({ method, value }) => `${METHOD_LABELS[method]}, ${inShort(value)}`).join('; ')
            )
    };
  }
  return mean < LIMITS.low
    ? {
        grade: 'bad',
        text: message(
          'Bad: %1 ranks the cells otherwise than the other %3 methods do (mean correlation %2).',
          ...numbers
        )
      }
    : {
        grade: 'doubtful',
        text: message('Doubtful: %1 agrees only in part with the other %3 methods (mean correlation %2).', ...numbers)
      };
}

export function adviceText({ ranked }: AdviceFindings): Message | null {
  const [best] = ranked;
  if (!best) {
    return null;
  }
  const numbers = [inShort(best.insertion - best.deletion), inShort(best.insertion), inShort(best.deletion)] as const;
  return best.layer === null
    ? message(
        'On this picture %1 does best: insertion less deletion is %2 (%3 less %4), the most of all that were tried.',
        METHOD_LABELS[best.method],
        ...numbers
      )
    : message(
        'On this picture %1 at %5 does best: insertion less deletion is %2 (%3 less %4), the most of all that were tried.',
        METHOD_LABELS[best.method],
        ...numbers,
        best.layer
      );
}
