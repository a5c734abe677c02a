import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { KeyList } from '../widgets/help/key-list';

/** Shows all keys in a dialog, which Escape closes. The focus goes back. */
export function showKeys(trans: TranslationBundle): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'jp-ThemedContainer jp-GradLens-keysDialog';
  dialog.setAttribute('aria-label', trans.__('Keys of GradLens'));
  const root = createRoot(dialog);
  dialog.addEventListener('close', () => {
    root.unmount();
    dialog.remove();
  });
  root.render(
    <>
      <h2>{trans.__('Keys of GradLens')}</h2>
      <KeyList trans={trans} hasTree={false} />
      <button type="button" className="jp-GradLens-button" onClick={() => dialog.close()}>
        {trans.__('Close')}
      </button>
    </>
  );
  document.body.append(dialog);
  dialog.showModal();
}
