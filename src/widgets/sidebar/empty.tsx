import * as React from 'react';
import { useTrans } from '../shared/context';

/** The next step while there is no view. */
export function Empty(): React.ReactElement {
  const trans = useTrans();
  return (
    <div className="jp-GradLens-emptyState">
      <p>{trans.__('No GradLens view is open.')}</p>
      <p>{trans.__('Run a cell with')}</p>
      <pre>{'import gradlens\ngradlens.show(\n    "model.keras",\n    "image.jpg"\n)'}</pre>
      <p>{trans.__('or open a .keras or .h5 file from the file browser: right-click it, Open in GradLens.')}</p>
    </div>
  );
}
