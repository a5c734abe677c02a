import * as React from 'react';
import { fetched } from '../../../messages/fetched';
import { formatBytes } from '../../../session/progress/progress-text';
import { tellProblem } from '../../../session/tell-problem';
import { useServices } from '../../shared/context';
import { useView } from '../../shared/view-context';
import { tellSaved } from '../save-file';
import type { PageKind } from './save-page';

/** Bytes of a page without a model, and of the engine that goes with one: about, for the menu. */
const VIEWER = 600_000;
const ENGINE = 2_100_000;

/** Offers to save the view itself, as pages that open anywhere; their sizes are said first. */
export function PageChoice({ onChoose }: { onChoose: () => void }): React.ReactElement | null {
  const services = useServices();
  const { trans } = services;
  const { session, controller, keeper } = useView();
  const view = services.tracker.views.find(one => one.session === session);
  if (services.isStandalone || !view) {
    return null;
  }
  const save = async (kind: PageKind): Promise<void> => {
    onChoose();
    try {
      const { savePage } = await fetched(import('./save-page'));
      tellSaved(await savePage(view, kind, services), trans);
    } catch (error) {
      tellProblem(error, trans);
    }
  };
  const found = keeper?.results?.sizes('more').kept ?? 0;
  const { model, stored = null } = controller?.snapshot ?? {};
  const file = stored === null ? model?.fingerprint : undefined;
  return (
    <>
      {(found > 0 || !controller) && (
        <button
          type="button"
          className="jp-GradLens-button"
          title={trans.__(
            'One file that opens in any browser, without a network or a server, with what this view found'
          )}
          onClick={() => void save('kept')}
        >
          {trans.__('Save as web page (about %1)', formatBytes(VIEWER + found))}
        </button>
      )}
      {file && (
        <button
          type="button"
          className="jp-GradLens-button"
          title={trans.__('The same with the model in it: it computes on, and who gets it gets the model')}
          onClick={() => void save('with-model')}
        >
          {trans.__('Save as web page with the model (about %1)', formatBytes(VIEWER + ENGINE + (4 / 3) * file.size))}
        </button>
      )}
    </>
  );
}
