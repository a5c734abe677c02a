import * as React from 'react';
import { KeptFindings } from './kept-findings';
import { KeptExperiments } from '../experiment/kept-experiments';
import { useModel } from '../shared/view-context';

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
