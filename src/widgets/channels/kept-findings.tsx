import '../trust/check.css';
import './channels.css';
import * as React from 'react';
import type { ModelSummary } from '../../graph/layer-info';
import type { Explained } from '../../session/model/explained';
import { useTrans } from '../shared/context';
import { useFindings } from '../shared/hooks/use-findings';
import { useViewProperty } from '../shared/view-context';
import { Effects } from './effects';
import { Health } from './health';

/** What was found of the channels before the notebook was saved, where their model is not here. */
export function KeptFindings(props: { explained: Explained; model: ModelSummary }): React.ReactElement | null {
  const { explained, model } = props;
  const trans = useTrans();
  const findings = useFindings();
  const by = useViewProperty('offBy');
  return findings.health || findings.ranking(explained, by) ? (
    <section role="group" aria-label={trans.__('Kept checks of channels')} className="jp-GradLens-channels">
      <Effects explained={explained} by={by} isStored />
      <Health model={model} isStored />
    </section>
  ) : null;
}
