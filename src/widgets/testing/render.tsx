/** Renders components in a page of their own, without JupyterLab. */
import '../../../style/index.css';
import '../view/view.css';
import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import { Notebooks } from '../../session/kept/notebooks';
import type { ViewKeeper } from '../../session/kept/view-keeper';
import { LiveViews } from '../../session/live-views';
import type { ModelController } from '../../session/model/model-controller';
import { PageScope } from '../../session/page-scope';
import type { ViewServices } from '../../session/services';
import type { Shown } from '../../session/view/shown-map';
import { ViewSession } from '../../session/view/view-session';
import { ViewTracker } from '../../session/view-tracker';
import type { ViewStateJSON } from '../../state/view-state';
import { ServicesContext } from '../shared/context';
import { ViewProvider } from '../shared/view-context';

/** Services of JupyterLab for a component; a test overrides those it looks at, and those that it should not use throw. */
export function fakeServices(own: Partial<ViewServices> = {}): ViewServices {
  const notHere = (name: string) => (): never => {
    throw new Error(`The test did not expect a use of ${name}.`);
  };
  const services: Partial<ViewServices> = {
    trans: nullTranslator.load('gradlens'),
    engine: notHere('the engine'),
    defaults: () => ({}),
    themeChanged: null,
    page: new PageScope(),
    tracker: new ViewTracker(),
    liveViews: new LiveViews(),
    notebooks: new Notebooks(),
    askAbove: () => Infinity,
    keepBytes: () => 0,
    keptResults: () => 0,
    wheelZooms: () => false,
    log: () => undefined,
    kernelOf: () => null,
    locate: notHere('a file'),
    readFile: notHere('a file'),
    openBeside: notHere('another tab'),
    present: notHere('a presentation'),
    showKeys: notHere('the list of keys'),
    front: () => null,
    activate: () => undefined,
    ...own
  };
  return services as ViewServices;
}

/** Renders into a fresh element, which goes with the test. Returns what renders again. */
export function render(element: React.ReactElement, services = fakeServices()): (next: React.ReactElement) => void {
  const node = document.createElement('div');
  node.className = 'jp-GradLens-view';
  document.body.append(node);
  const root = createRoot(node);
  const show = (next: React.ReactElement): void =>
    root.render(<ServicesContext.Provider value={services}>{next}</ServicesContext.Provider>);
  show(element);
  onTestFinished(() => {
    root.unmount();
    node.remove();
  });
  return show;
}

/** Renders into a view, as {@link render} does. */
export function renderInView(
  element: React.ReactElement,
  { session = sessionWith(), controller = null, keeper = null, shown = null, services }: Partial<InView> = {}
): (next: React.ReactElement) => void {
  const view = { session, controller, keeper };
  const inView = (inner: React.ReactElement): React.ReactElement => (
    <ViewProvider view={view} shown={shown}>
      {inner}
    </ViewProvider>
  );
  const show = render(inView(element), services);
  return next => show(inView(next));
}

interface InView {
  session: ViewSession;
  controller: ModelController | null;
  keeper: ViewKeeper | null;
  shown: Shown | null;
  services: ViewServices;
}

export const sessionWith = (state: ViewStateJSON = {}): ViewSession => new ViewSession('view', state);
