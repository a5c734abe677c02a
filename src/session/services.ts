import type { TranslationBundle } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import type { FileServices } from '../delivery/jupyter-file';
import type { KernelServices } from '../delivery/locate-file';
import type { Resolver } from '../delivery/resolver';
import type { ServedFile } from '../delivery/served-file';
import type { EngineClient } from '../engine/page/client';
import type { ViewStateJSON } from '../state/view-state';
import type { Notebooks } from './kept/notebooks';
import type { LiveViews } from './live-views';
import type { ModelShelf } from './model/opening/model-shelf';
import type { PageScope } from './page-scope';
import type { ViewHandle, ViewTracker } from './view-tracker';

export const IViewServices = new Token<ViewServices>(
  'gradlens:IViewServices',
  'What GradLens views need from JupyterLab.'
);

export type LogLevel = 'info' | 'warning' | 'error';

/** Places that a tab opens in: a pane of its own, or that of the tab in front. */
export type OpenMode = 'split-right' | 'tab-after';

/** Services of the application around the views. */
export interface ViewServices extends FileServices, KernelServices {
  trans: TranslationBundle;
  /** Finds a model's file, named relative to a notebook. */
  locate(path: string, resolver: Resolver): Promise<ServedFile>;
  /** Reads a small file, named relative to a notebook. */
  readFile(path: string, resolver: Resolver): Promise<Uint8Array>;
  /** The page's one engine; started at the first call. */
  engine(): Promise<EngineClient>;
  /** The user's defaults for new views. */
  defaults(): ViewStateJSON;
  /** Emits when colours may have changed; absent without a theme manager. */
  themeChanged: ISignal<unknown, unknown> | null;
  shelf: ModelShelf;
  /** True in a page without JupyterLab, which cannot write others. */
  isStandalone?: boolean;
  /** Bytes of a model file above which the user is asked before it is read. */
  askAbove(): number;
  /** Bytes of what a view finds that its output keeps; 0: only the picture is kept. */
  keptResults(): number;
  /** True if the wheel zooms a map that has neither the focus nor a key held; else the page scrolls. */
  wheelZooms(): boolean;
  /** Writes into JupyterLab's log for a document; nowhere without one. */
  log(document: string, level: LogLevel, text: string): void;
  /** Puts a widget into a tab of the main area, in a pane beside the one in front unless the mode says otherwise. */
  openBeside(widget: Widget, title: string, mode?: OpenMode): void;
  /** Shows a view to an audience: large, alone, steered by keys. */
  present(view: ViewHandle): void;
  /** Shows the list of keys. */
  showKeys(): void;
  /** The document in front; null where there is none. */
  front(): Element | null;
  /** Brings the tab that holds a node to the front. */
  activate(node: HTMLElement): void;
  /** Owns what the page has one of. */
  page: PageScope;
  /** The live views of the page. */
  tracker: ViewTracker;
  /** The same, by output, with what shows them. */
  liveViews: LiveViews;
  /** The notebooks that are open. */
  notebooks: Notebooks;
}
