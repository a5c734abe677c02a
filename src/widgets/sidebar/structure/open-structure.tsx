import '../../view/view.css';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';
import type { ViewServices } from '../../../session/services';
import type { ViewHandle } from '../../../session/view-tracker';
import { ServicesContext, useServices, useSignal, useTrans } from '../../shared/context';
import { ErrorBoundary } from '../../shared/error-boundary';
import { useSnapshot } from '../../shared/hooks/use-view';
import { openOnce } from '../../shared/open-once';
import { StructureDiagram } from './structure-diagram';

/** Shows the structure of a view's model in a tab of the main area. */
export function openStructure(view: ViewHandle, services: ViewServices): void {
  openOnce(`structure:${view.key}`, services, () => ({
    content: new StructureTab(view, services),
    title: titleOf(view, services),
    mode: 'tab-after'
  }));
}

class StructureTab extends ReactWidget {
  constructor(
    private view: ViewHandle,
    private services: ViewServices
  ) {
    super();
    this.addClass('jp-GradLens-structureTab');
    services.tracker.changed.connect(this._onViews, this);
  }

  dispose(): void {
    Signal.disconnectReceiver(this);
    super.dispose();
  }

  protected render(): React.ReactElement {
    return (
      <ServicesContext.Provider value={this.services}>
        <ErrorBoundary>
          <Content view={this.view} />
        </ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  /** A cell that ran again may show another model. */
  private _onViews(): void {
    const now = this.services.tracker.views.find(({ key }) => key === this.view.key);
    if (now) {
      this.title.label = titleOf(now, this.services);
    }
  }
}

const titleOf = ({ title }: ViewHandle, { trans }: ViewServices): string => trans.__('Structure of %1', title);

function Content({ view }: { view: ViewHandle }): React.ReactElement {
  const { tracker } = useServices();
  const trans = useTrans();
  // An output that was closed and opened again has another view.
  const now = useSignal(tracker.changed, () => tracker.views.find(({ key }) => key === view.key) ?? null);
  const controller = now?.controller ?? null;
  const model = useSnapshot(controller)?.model ?? null;
  return controller && model ? (
    <StructureDiagram key={model.model} controller={controller} />
  ) : (
    <p className="jp-GradLens-quiet" role="status">
      {now
        ? trans.__('The structure appears when the model has been read.')
        : trans.__('The view whose model this was is closed.')}
    </p>
  );
}
