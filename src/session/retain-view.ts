import { notebookOf, type Resolver } from '../delivery/resolver';
import { withKept } from '../mime/kept';
import type { Payload } from '../mime/payload';
import { ScrollWatch } from '../viewer/timing/scroll-watch';
import type { OutputStore } from './kept/output-store';
import { ResultKeeper } from './kept/result-keeper';
import { ViewKeeper } from './kept/view-keeper';
import { AnnouncedWork, announceLongWork } from './load-notifications';
import { ModelController } from './model/model-controller';
import { OpeningMarks } from './opening-marks';
import type { ViewServices } from './services';
import { LinkGroup, linksBeside } from './view/link-group';
import { ShownNow } from './view/shown-map';
import { ViewSession } from './view/view-session';
import { logView } from './view-log';
import type { LiveView } from './view-tracker';

/**
 * The view of a payload, made at first; each node that shows it must be given back to {@link releaseView}.
 *
 * @param store - The output that it is kept in; null for a view that is no notebook's.
 */
export function retainView(
  payload: Payload,
  resolver: Resolver,
  services: ViewServices,
  node: HTMLElement,
  store: OutputStore | null = null
): LiveView {
  let view = services.liveViews.of(payload.id, notebookOf(resolver));
  if (!view) {
    const defaults = services.defaults();
    const kept = store?.read() ?? {};
    const session = new ViewSession(
      payload.id,
      { ...defaults, ...payload.view, links: { ...defaults.links, ...linksBeside(payload.view) } },
      kept.view
    );
    const results =
      store && payload.kind === 'model'
        ? new ResultKeeper(store, services.keptResults, payload.models !== undefined)
        : null;
    const controller =
      payload.kind === 'model'
        ? new ModelController(
            {
              ...payload,
              ...(kept.layers ? { layers: kept.layers } : {}),
              ...(kept.preprocess !== undefined ? { preprocess: kept.preprocess } : {}),
              ...(kept.labels ? { labels: [...kept.labels] } : {})
            },
            session,
            {
              engine: services.engine,
              locate: path => services.locate(path, resolver),
              readFile: path => services.readFile(path, resolver),
              shelf: services.shelf,
              links: services.page.get(LinkGroup),
              taken: kept.file,
              ignored: kept.ignored,
              keep: decided => keeper?.keep(decided),
              ...(results ? { results } : {})
            }
          )
        : null;
    const scroll = services.page.get(ScrollWatch);
    const keeper =
      store &&
      new ViewKeeper(
        session,
        store,
        {
          saving: services.notebooks.find(notebookOf(resolver))?.saving ?? null,
          isUpToDate: () => controller?.isUpToDate ?? true,
          isComputing: () => (controller?.snapshot.busy ?? null) !== null,
          isBusy: () => scroll.isScrolling
        },
        results
      );
    const nodes: HTMLElement[] = [];
    const title = payload.kind === 'model' ? payload.model.name : payload.name;
    view = {
      id: payload.id,
      key: JSON.stringify([payload.id, notebookOf(resolver)]),
      title,
      session,
      payload,
      controller,
      keeper,
      shown: new ShownNow(),
      resolver,
      nodes,
      asOutput: async () => {
        const found = (await results?.found()) ?? undefined;
        return {
          payload: controller?.payload ?? payload,
          metadata: withKept({}, { ...store?.read(), view: session.whole(), results: found }),
          picture: store?.picture() ?? undefined
        };
      },
      checkFile: () => void controller?.checkFile(),
      endAnnouncing: () => undefined,
      reveal: () => {
        const latest = nodes[nodes.length - 1];
        if (latest) {
          services.activate(latest);
          latest.scrollIntoView({ block: 'nearest' });
        }
      }
    };
    services.liveViews.add(view);
    services.tracker.add(view);
    if (controller) {
      const source = notebookOf(resolver) ?? payload.id;
      logView(controller, (level, text) => services.log(source, level, text), services);
      view.endAnnouncing = announceLongWork(controller, {
        title,
        isSeen: () => isSeen(nodes),
        reveal: view.reveal,
        trans: services.trans,
        announced: services.page.get(AnnouncedWork)
      });
      void services.page.get(OpeningMarks).start(view.key, controller);
      // The user may have trained the model while away.
      window.addEventListener('focus', view.checkFile);
    }
  }
  view.nodes.push(node);
  view.standIn?.dispose();
  return view;
}

/** True if any of the nodes is on the screen. */
const isSeen = (nodes: readonly HTMLElement[]): boolean =>
  !document.hidden &&
  nodes.some(node => {
    const { top, bottom, width } = node.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < window.innerHeight;
  });

/** Takes back a node; a view that nobody shows any more is closed. */
export function releaseView(view: LiveView, services: ViewServices, node: HTMLElement): void {
  view.nodes.splice(view.nodes.indexOf(node), 1);
  if (view.nodes.length === 0) {
    view.keeper?.dispose();
    services.liveViews.remove(view);
    services.page.get(OpeningMarks).forget(view.key);
    services.tracker.remove(view);
    window.removeEventListener('focus', view.checkFile);
    view.controller?.dispose();
    view.endAnnouncing();
  }
}
