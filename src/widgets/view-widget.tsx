import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import { locateFile } from '../delivery/jupyter-file';
import type { Payload } from '../mime/payload';
import { ModelController } from '../session/model-controller';
import { linksBeside } from '../session/link-group';
import type { Resolver, ViewServices } from '../session/services';
import { sessionFor } from '../session/view-session';
import type { ViewHandle } from '../session/view-tracker';
import { ServicesContext } from './context';
import { ErrorBoundary } from './error-boundary';
import { HeatmapView } from './heatmap-view';
import { ModelView } from './model-view';
import { installOwnKeys } from './own-keys';

/** Makes the live view of a payload. */
export function createView(payload: Payload, resolver: Resolver, services: ViewServices): Widget {
  installOwnKeys();
  return new ViewWidget(payload, resolver, services);
}

class ViewWidget extends ReactWidget {
  constructor(
    private payload: Payload,
    resolver: Resolver,
    private services: ViewServices
  ) {
    super();
    this.addClass('jp-GradLens-viewWidget');
    this._view = retain(payload, resolver, services, this.node);
  }

  dispose(): void {
    if (!this.isDisposed) {
      release(this._view, this.services, this.node);
    }
    super.dispose();
  }

  protected render(): React.ReactElement {
    const { payload, _view: view } = this;
    return (
      <ServicesContext.Provider value={this.services}>
        <ErrorBoundary>
          {payload.kind === 'heatmap' ? (
            <HeatmapView payload={payload} session={view.session} />
          ) : (
            view.controller && <ModelView controller={view.controller} />
          )}
        </ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  protected onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    // Turning to the cell is turning to its view: the sidebar follows.
    this._cell = this.node.closest<HTMLElement>('.jp-Cell') ?? this.node;
    this._cell.addEventListener('focusin', this._use);
    this._cell.addEventListener('pointerdown', this._use);
  }

  protected onBeforeDetach(msg: Message): void {
    this._cell?.removeEventListener('focusin', this._use);
    this._cell?.removeEventListener('pointerdown', this._use);
    this._cell = null;
    super.onBeforeDetach(msg);
  }

  private _view: View;
  private _cell: HTMLElement | null = null;
  private _use = (): void => this.services.tracker.use(this._view);
}

/** A view and the widgets that show it: several of one output share what was computed. */
interface View extends ViewHandle {
  nodes: HTMLElement[];
}

const views = new Map<string, View>();

function retain(payload: Payload, resolver: Resolver, services: ViewServices, node: HTMLElement): View {
  let view = views.get(payload.id);
  if (!view) {
    const session = sessionFor(payload.id, {
      ...services.defaults(),
      ...payload.view,
      links: linksBeside(payload.view)
    });
    const controller =
      payload.kind === 'model'
        ? new ModelController(payload, session, {
            engine: services.engine,
            locate: path => locateFile(path, resolver, services)
          })
        : null;
    const nodes: HTMLElement[] = [];
    view = {
      id: payload.id,
      title: payload.kind === 'model' ? payload.model.name : payload.name,
      session,
      controller,
      nodes,
      reveal: () => nodes[nodes.length - 1]?.scrollIntoView({ block: 'nearest' })
    };
    views.set(payload.id, view);
    services.tracker.add(view);
    void controller?.start();
  }
  view.nodes.push(node);
  return view;
}

function release(view: View, services: ViewServices, node: HTMLElement): void {
  view.nodes.splice(view.nodes.indexOf(node), 1);
  if (view.nodes.length === 0) {
    views.delete(view.id);
    services.tracker.remove(view);
    view.controller?.dispose();
  }
}
