import { Notification } from '@jupyterlab/apputils';
import * as React from 'react';
import { messageOf, translated } from '../../../messages/message';
import { formatBytes } from '../../../session/progress/progress-text';
import { useServices } from '../../shared/context';
import { useView } from '../../shared/view-context';
import { tellSaved } from '../save-file';
import type { PageKind } from './save-page';

/** Bytes of a page without a model, and of the engine that goes with one: about, for the menu. */
const VIEWER = 600_000;
const ENGINE = 2_100_000;

/** Offers to save the view itself, as a page that opens anywhere; its size is said first. */
export function PageChoice({ onChoose }: { onChoose: () => void }): React.ReactElement | null {
  const services = useServices();
  const { trans } = services;
  const { session, controller } = useView();
  const view = services.liveViews.get(session.id);
  const file = controller?.snapshot.model?.fingerprint;
  if (services.isStandalone || !view || (controller && !file)) {
    return null;
  }
  const save = async (kind: PageKind): Promise<void> => {
    onChoose();
    try {
      const { savePage } = await import('./save-page');
      tellSaved(await savePage(view, kind, services), trans);
    } catch (error) {
      Notification.error(translated(messageOf(error), trans));
    }
  };
  const size = file ? VIEWER + ENGINE + (4 / 3) * file.size : VIEWER;
  return (
    <button
      type="button"
      className="jp-GradLens-button"
      title={trans.__('One file that opens in any browser, without a network or a server, and works as this view does')}
      onClick={() => void save(file ? 'with-model' : 'as-is')}
    >
      {file ? trans.__('Save as web page with the model (about %1)', formatBytes(size)) : trans.__('Save as web page')}
    </button>
  );
}
