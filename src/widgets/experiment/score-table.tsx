import * as React from 'react';
import { type ClassScore, type ClassScores, rankClasses, scoreText } from '../../classes/classes';
import type { RunResult } from '../../engine/protocol/protocol';
import { quotedClass } from '../../messages/class-message';
import { type ChangeTexts, changeTexts, decimalsOf } from '../../viewer/values/change';
import { useTrans } from '../shared/context';

const SHOWN = 5;

/** The classes before and after: the highest of both, and the one explained. */
export function ScoreTable(props: {
  before: RunResult;
  after: RunResult | null;
  labels?: readonly string[];
  /** What to do to have an answer. */
  hint: string;
}): React.ReactElement | null {
  const { before, after: run, labels, hint } = props;
  const trans = useTrans();
  const was = React.useMemo(() => rankClasses(before, labels, trans), [before, labels, trans]);
  const is = React.useMemo(() => run && rankClasses(run, labels, trans), [run, labels, trans]);
  if (was.classes.length === 0) {
    return null;
  }
  const explained = before.targets[0]?.index;
  const scores = (of: ClassScores | null): Map<number, number> =>
    new Map(of?.classes.map(({ index, score }) => [index, score]));
  const now = scores(is);
  const shown = shownClasses(was, is, explained);
  return (
    <table className="jp-GradLens-scores">
      <caption>{is ? verdict(was, is, trans) : hint}</caption>
      <thead>
        <tr>
          <th scope="col">{trans.__('Class')}</th>
          <th scope="col">{trans.__('Before')}</th>
          <th scope="col">{trans.__('After')}</th>
          <th scope="col">{trans.__('Change')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ index, label, score }) => {
          const after = now.get(index);
          const texts = after === undefined ? null : changed(score, after, was.areProbabilities);
          return (
            <tr key={index} className={index === explained ? 'jp-mod-explained' : undefined}>
              <th scope="row" title={label}>
                {label}
              </th>
              <td>{texts?.before ?? scoreText(score, was.areProbabilities)}</td>
              <td>{texts?.after ?? '–'}</td>
              <td>{texts?.change ?? '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A score before and after, and its change, in words that agree. */
export const changed = (before: number, after: number, isShare: boolean): ChangeTexts =>
  changeTexts(before, after, decimalsOf(before, after, isShare));

function shownClasses(was: ClassScores, is: ClassScores | null, explained: number | undefined): ClassScore[] {
  const highest = new Set([
    ...(explained === undefined ? [] : [explained]),
    ...was.classes.slice(0, SHOWN - 1).map(({ index }) => index),
    ...(is?.classes.slice(0, SHOWN - 2).map(({ index }) => index) ?? [])
  ]);
  return was.classes.filter(({ index }) => highest.has(index));
}

/** Whether another class is the highest now; of what has no classes, nothing. */
function verdict(was: ClassScores, is: ClassScores, trans: ReturnType<typeof useTrans>): string {
  const [before, after] = [was.classes[0], is.classes[0]];
  if (was.kind === 'value' || was.kind === 'values') {
    return trans.__('The output before and after');
  }
  if (was.tied > 1 || is.tied > 1) {
    return trans.__('Several share the highest score: none is ahead');
  }
  return before.index === after.index
    ? trans.__('It is still %1', quotedClass(after.label, after.index))
    : trans.__('%1 becomes %2', quotedClass(before.label, before.index), quotedClass(after.label, after.index));
}
