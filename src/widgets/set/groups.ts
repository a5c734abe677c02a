/** Groups of images, of which means are made. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Verdict } from '../../classes/predicted';
import { quotedClass } from '../../messages/class-message';
import { type ImageFilter, passes } from '../../session/set/image-filter';

/** A group as a drop-down names it. */
export type GroupName =
  'none' | 'all' | 'shown' | 'marked' | 'named' | 'right' | 'wrong' | `true ${number}` | `predicted ${number}`;

/** What is known of an image. */
export interface Member {
  /** Index in the payload. */
  image: number;
  name: string;
  verdict: Verdict;
}

/** What the user has said of groups. */
export interface GroupTerms {
  filter: ImageFilter | null;
  marked: ReadonlySet<number>;
  /** What a name has in it, in any case. */
  text: string;
}

export function isMember(group: GroupName, { image, name, verdict }: Member, terms: GroupTerms): boolean {
  switch (group) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'shown':
      return passes(terms.filter, verdict);
    case 'marked':
      return terms.marked.has(image);
    case 'named':
      return terms.text !== '' && name.toLowerCase().includes(terms.text.toLowerCase());
    case 'right':
      return verdict.isRight === true;
    case 'wrong':
      return verdict.isRight === false;
    default: {
      const [kind, index] = group.split(' ');
      return (kind === 'true' ? verdict.truth : verdict.predicted) === Number(index);
    }
  }
}

/** The groups that there are, in words. */
export function groupsOf(
  verdicts: readonly Verdict[],
  isFiltered: boolean,
  name: (index: number) => string,
  trans: TranslationBundle
): { value: GroupName; label: string }[] {
  const ascending = (values: (number | null)[]): number[] =>
    [...new Set(values.filter(value => value !== null))].sort((a, b) => a - b);
  const truths = ascending(verdicts.map(({ truth }) => truth));
  const predicted = ascending(verdicts.map(({ predicted }) => predicted));
  const isJudged = verdicts.some(({ isRight }) => isRight !== null);
  return [
    { value: 'all', label: trans.__('all images') },
    ...(isFiltered ? [{ value: 'shown' as const, label: trans.__('those that the gallery shows') }] : []),
    { value: 'marked', label: trans.__('those marked in the table') },
    { value: 'named', label: trans.__('those with a text in the name') },
    ...truths.map(index => ({ value: `true ${index}` as const, label: trans.__('true: %1', name(index)) })),
    ...predicted.map(index => ({
      value: `predicted ${index}` as const,
      label: trans.__('taken for %1', quotedClass(name(index), index))
    })),
    ...(isJudged
      ? [
          { value: 'right' as const, label: trans.__('right') },
          { value: 'wrong' as const, label: trans.__('wrong') }
        ]
      : [])
  ];
}
