import { Clipboard, Notification } from '@jupyterlab/apputils';
import * as React from 'react';
import type { Experiment } from '../../session/experiment/experiment';
import { perturbedCode } from '../../session/view/python-code';
import { fileName } from '../export/file-name';
import { saveBlob, tellSaved, TOLD } from '../export/save-file';
import { useServices, useTrans } from '../shared/context';
import { useModel } from '../shared/view-context';
import { entryName } from './entry-name';
import { EntryTable } from './entry-table';
import { filesOf } from './experiment-files';

/** Names what is on the screen and keeps it; what was kept, side by side; and takes it away. */
export function Entries({ experiment }: { experiment: Experiment }): React.ReactElement {
  const { controller, payload, session } = useModel();
  const { defaults } = useServices();
  const trans = useTrans();
  const { entries, answered } = experiment.snapshot;
  const [typed, setTyped] = React.useState<string | null>(null);
  const model = payload.models ? payload.model.name : undefined;
  const usual = React.useMemo(
    () => (answered ? entryName(answered, model, entries, trans) : ''),
    [answered?.perturbation, answered?.before.image, model, entries, trans]
  );
  const name = typed ?? usual;
  const keep = (): void => {
    experiment.keep(name.trim() || usual);
    setTyped(null);
  };
  const copy = (): void => {
    const methods = { method: controller.usualMethod, ...defaults() };
    Clipboard.copyToSystem(perturbedCode(payload, session.state, experiment.now, methods));
    Notification.success(trans.__('The cell that does this in Python is on the clipboard.'), { autoClose: TOLD });
  };
  const save = async (kind: 'png' | 'npy'): Promise<void> => {
    if (answered) {
      for (const { ending, blob } of await filesOf(answered, kind)) {
        const file = fileName(`${name}${ending}`);
        saveBlob(file, blob);
        tellSaved(file, trans);
      }
    }
  };
  return (
    <section role="group" aria-label={trans.__('Kept experiments')} className="jp-GradLens-entries">
      <div className="jp-GradLens-buttons">
        <label className="jp-GradLens-field">
          <span>{trans.__('Name')}</span>
          <input
            className="jp-GradLens-input"
            value={name}
            onChange={event => setTyped(event.target.value)}
            onKeyDown={event => {
              if (event.key === 'Enter') {
                event.preventDefault();
                keep();
              }
            }}
          />
        </label>
        <button type="button" className="jp-GradLens-button" disabled={!answered} onClick={keep}>
          {trans.__('Keep')}
        </button>
        <button type="button" className="jp-GradLens-button" disabled={!answered} onClick={copy}>
          {trans.__('Copy as Python')}
        </button>
        <button
          type="button"
          className="jp-GradLens-button"
          disabled={!answered?.given}
          onClick={() => void save('png')}
        >
          {trans.__('Save picture as PNG')}
        </button>
        <button
          type="button"
          className="jp-GradLens-button"
          disabled={!answered?.hasMap}
          onClick={() => void save('npy')}
        >
          {trans.__('Save values as .npy')}
        </button>
      </div>
      {entries.length > 0 && <EntryTable experiment={experiment} />}
    </section>
  );
}
