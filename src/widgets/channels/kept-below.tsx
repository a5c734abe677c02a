import * as React from 'react';
import { KeptExperiments } from '../experiment/kept-experiments';
import { useModel } from '../shared/view-context';
import { KeptFindings } from './kept-findings';

/** What a notebook keeps of a view beside its maps, where the model is not here. */
export function KeptBelow(): React.ReactElement {
  const { model, explained } = useModel().snapshot;
  return (
    <>
      <KeptExperiments />
      {model && explained && <KeptFindings explained={explained} model={model} />}
    </>
  );
}
