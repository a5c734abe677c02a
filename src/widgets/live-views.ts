import { locateFile } from '../delivery/locate-file';
import type { Payload } from '../mime/payload';
import { linksBeside } from '../session/link-group';
import { ModelController } from '../session/model-controller';
import type { Resolver, ViewServices } from '../session/services';
import { sessionFor } from '../session/view-session';
import type { ViewHandle } from '../session/view-tracker';

/** A view and the widgets that show it: several of one output share what was computed. */
export interface LiveView extends ViewHandle {
  nodes: HTMLElement[];
}

const views = new Map<string, LiveView>();

/** The view of a payload, made at first; each node that shows it must be given back to {@link releaseView}. */
export function retainView(payload: Payload, resolver: Resolver, services: ViewServices, node: HTMLElement): LiveView {
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

/** Takes back a node; a view that nobody shows any more is closed. */
export function releaseView(view: LiveView, services: ViewServices, node: HTMLElement): void {
  view.nodes.splice(view.nodes.indexOf(node), 1);
  if (view.nodes.length === 0) {
    views.delete(view.id);
    services.tracker.remove(view);
    view.controller?.dispose();
  }
}
