import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ScoreKind } from '../../state/view-state';
import { HelpButton } from '../help/help-button';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useRefusal } from '../shared/hooks/use-refusal';
import { useSession, useViewProperty } from '../shared/view-context';

export const scoreLabels = (trans: TranslationBundle): Record<ScoreKind, string> => ({
  logit: trans.__('logit'),
  probability: trans.__('probability')
});

/** Chooses the score to explain: before the final softmax or sigmoid, or after it. */
export function ScoreChoice(): React.ReactElement {
  const session = useSession();
  const trans = useTrans();
  const score = useViewProperty('score');
  const labels = scoreLabels(trans);
  const refusal = useRefusal();
  return (
    <span className="jp-GradLens-withHelp">
      <Choice<ScoreKind>
        label={trans.__('Score')}
        value={score}
        options={(['logit', 'probability'] as const).map(value => ({
          value,
          label: labels[value],
          refusal: refusal({ score: value })
        }))}
        onChange={kind => session.update({ score: kind })}
      />
      <HelpButton topic="score" label={trans.__('About the score')} />
    </span>
  );
}
