import { ReactWidget } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import { locateFile } from '../delivery/jupyter-file';
import type { ModelPayload, Payload } from '../mime/payload';
import { ModelController } from '../session/model-controller';
import { linksBeside } from '../session/link-group';
import type { Resolver, ViewServices } from '../session/services';
import { sessionFor } from '../session/view-session';
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
    if (payload.kind === 'model') {
      this._controller = retain(payload, resolver, services);
    }
  }

  dispose(): void {
    if (!this.isDisposed && this._controller) {
      release(this._controller);
    }
    super.dispose();
  }

  protected render(): React.ReactElement {
    const { payload } = this;
    return (
      <ServicesContext.Provider value={this.services}>
        <ErrorBoundary>
          {payload.kind === 'heatmap' ? (
            <HeatmapView payload={payload} session={sessionOf(payload, this.services)} />
          ) : (
            this._controller && <ModelView controller={this._controller} />
          )}
        </ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  private _controller: ModelController | null = null;
}

const sessionOf = (payload: Payload, services: ViewServices): ReturnType<typeof sessionFor> =>
  sessionFor(payload.id, { ...services.defaults(), ...payload.view, links: linksBeside(payload.view) });

/** Two views of one output share what was computed. */
const controllers = new Map<string, { controller: ModelController; users: number }>();

function retain(payload: ModelPayload, resolver: Resolver, services: ViewServices): ModelController {
  let entry = controllers.get(payload.id);
  if (!entry) {
    const controller = new ModelController(payload, sessionOf(payload, services), {
      engine: services.engine,
      locate: path => locateFile(path, resolver, services)
    });
    entry = { controller, users: 0 };
    controllers.set(payload.id, entry);
    void controller.start();
  }
  entry.users++;
  return entry.controller;
}

function release(controller: ModelController): void {
  const entry = controllers.get(controller.payload.id);
  if (entry && --entry.users === 0) {
    controllers.delete(controller.payload.id);
    controller.dispose();
  }
}
