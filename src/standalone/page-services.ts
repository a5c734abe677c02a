import { nullTranslator } from '@jupyterlab/translation/lib/base';
import { type ISignal, Signal } from '@lumino/signaling';
import type { EngineClient } from '../engine/page/client';
import { fetched } from '../messages/fetched';
import { Notebooks } from '../session/kept/notebooks';
import { LiveViews } from '../session/live-views';
import { ModelShelf } from '../session/model/opening/model-shelf';
import { PageScope } from '../session/page-scope';
import type { ViewServices } from '../session/services';
import { tellProblem } from '../session/tell-problem';
import { ViewTracker } from '../session/view-tracker';
import { carriesEngine, startEngine } from './page-engine';
import type { PageFiles } from './page-files';
import { showKeys } from './show-keys';

const noServer = (): never => {
  throw new Error('There is no server behind this page.');
};

/** Of models that no view of the page shows, none stays in memory. */
const NO_SPARE_MEMORY = (): number => 0;

/** What views need of JupyterLab, without JupyterLab. */
export function pageServices(files: PageFiles): ViewServices {
  const trans = nullTranslator.load('gradlens');
  let engine: Promise<EngineClient> | null = null;
  const shelf = new ModelShelf(NO_SPARE_MEMORY, model => void engine?.then(client => client.close(model)));
  const services: ViewServices = {
    trans,
    locate: async path => files.locate(path),
    readFile: path => files.read(path),
    kernelOf: () => null,
    engine: () => (engine ??= startEngine()),
    defaults: () => ({}),
    themeChanged: themeChanges(),
    shelf,
    isStandalone: true,
    askAbove: () => Infinity,
    wheelZooms: () => false,
    log: (_, level, text) => {
      // A page without an engine is none that fails to compute: its views say what they do not have.
      if (level !== 'error' || carriesEngine()) {
        console[level === 'warning' ? 'warn' : level](text);
      }
    },
    openBeside: () => undefined,
    present: view =>
      void fetched(import('../widgets/present/present')).then(
        ({ present }) => present(view, services),
        (error: unknown) => tellProblem(error, trans)
      ),
    showKeys: () => showKeys(trans),
    front: () => null,
    activate: () => undefined,
    page: new PageScope(),
    tracker: new ViewTracker(),
    liveViews: new LiveViews(),
    notebooks: new Notebooks(),
    get contents() {
      return noServer();
    },
    get serverSettings() {
      return noServer();
    },
    keepBytes: () => 0,
    keptResults: () => 0
  };
  return services;
}

/** Emits when the system turns dark or light, or asks for more contrast. */
function themeChanges(): ISignal<object, void> {
  const owner = {};
  const changed = new Signal<object, void>(owner);
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', () => changed.emit());
  }
  return changed;
}
