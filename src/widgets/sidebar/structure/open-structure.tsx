import '../../view/view.css';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import type { ViewServices } from '../../../session/services';
import type { ViewHandle } from '../../../session/view-tracker';
import { ServicesContext, useServices, useSignal, useTrans } from '../../shared/context';
import { ErrorBoundary } from '../../shared/error-boundary';
import { useSnapshot } from '../../shared/hooks/use-view';
import { StructureDiagram } from './structure-diagram';

/** The structures that are open in the main area, by their views. */
class OpenStructures {
  readonly tabs = new Map<string, Widget>();

  dispose(): void {
    this.tabs.clear();
  }
}

/** Shows the structure of a view's model in a tab of the main area: the one that is open, or a new one. */
export function openStructure(view: ViewHandle, services: ViewServices): void {
  const { tabs } = services.page.get(OpenStructures);
  const open = tabs.get(view.id);
  if (open) {
    services.activate(open.node);
    return;
  }
  const content = new StructureTab(view, services);
  tabs.set(view.id, content);
  content.disposed.connect(() => tabs.delete(view.id));
  services.openBeside(content, services.trans.__('Structure of %1', view.title), 'tab-after');
}

class StructureTab extends ReactWidget {
  constructor(
    private view: ViewHandle,
    private services: ViewServices
  ) {
    super();
    this.addClass('jp-GradLens-structureTab');
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
}

function Content({ view }: { view: ViewHandle }): React.ReactElement {
  const { tracker } = useServices();
  const trans = useTrans();
  // A cell that ran again has another view, of the same id.
  const now = useSignal(tracker.changed, () => tracker.views.find(({ id }) => id === view.id) ?? null);
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
