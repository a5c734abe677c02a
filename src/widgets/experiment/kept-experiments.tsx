import * as React from 'react';
import { experimentOf } from '../../session/experiment/experiment';
import { useTrans } from '../shared/context';
import { useModel, useView } from '../shared/view-context';
import { EntryTable } from './entry-table';

/** The experiments that a view keeps, where their model is not here. */
export function KeptExperiments(): React.ReactElement | null {
  const { controller } = useModel();
  const { keeper } = useView();
  const trans = useTrans();
  const experiment = React.useMemo(() => experimentOf(controller, keeper), [controller, keeper]);
  return experiment.snapshot.entries.length > 0 ? (
    <section role="group" aria-label={trans.__('Kept experiments')} className="jp-GradLens-entries jp-mod-alone">
      <EntryTable experiment={experiment} isStored />
    </section>
  ) : null;
}
