import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ViewSession } from '../../session/view-session';
import type { ScoreKind } from '../../state/view-state';
import { useTrans, useViewProperty } from '../shared/context';
import { Choice } from '../shared/fields';

export const scoreLabels = (trans: TranslationBundle): Record<ScoreKind, string> => ({
  logit: trans.__('logit'),
  probability: trans.__('probability')
});

/** Which score of a class is explained: before the final softmax or sigmoid, or after it. */
export function ScoreChoice({ session }: { session: ViewSession }): React.ReactElement {
  const trans = useTrans();
  const score = useViewProperty(session, 'score');
  const labels = scoreLabels(trans);
  return (
    <Choice<ScoreKind>
      label={trans.__('Score')}
      value={score}
      options={(['logit', 'probability'] as const).map(value => ({ value, label: labels[value] }))}
      onChange={kind => session.update({ score: kind })}
    />
  );
}
