import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type ISignal, Signal } from '@lumino/signaling';
import type { BackendName } from '../engine/protocol/protocol';
import type { ConventionName, ViewStateJSON } from '../state/view-state';
import { DEFAULT_STATE, SETTING_PROPERTIES } from '../state/vocabulary';

export const SETTINGS_ID = 'gradlens:settings';

const MEGABYTE = 1e6;

/** The wheel's effect over a map that has neither focus nor a key held. */
export type WheelBehaviour = 'scroll' | 'zoom';

/** Owns schema/settings.json, which JupyterLab's Settings Editor shows. */
export const settingsPlugin: JupyterFrontEndPlugin<void> = {
  id: SETTINGS_ID,
  description: 'The settings of GradLens.',
  autoStart: true,
  activate: () => undefined
};

/** The user's settings, as they are now; the defaults of schema/settings.json until they are read. */
export class Settings {
  constructor(loading: Promise<ISettingRegistry.ISettings> | null) {
    this.ready =
      loading?.then(
        from => {
          this._take(from);
          from.changed.connect(this._take, this);
        },
        reason => console.warn('GradLens: the settings could not be read, so the defaults hold.', reason)
      ) ?? Promise.resolve();
  }

  /** Resolves when the user's settings have been read, or could not be. */
  readonly ready: Promise<void>;
  backend: BackendName | 'auto' = 'auto';
  viewDefaults: ViewStateJSON = {};
  /** Bytes of a model file above which the user is asked first. */
  askAbove = 500 * MEGABYTE;
  /** Bytes that models without a view may hold. */
  memoryBudget = 1000 * MEGABYTE;
  /** Bytes of values that the engine keeps between runs. */
  forwardCache = 256 * MEGABYTE;
  /** Workers that share many passes; null: as the processor's cores say. */
  workers: number | null = null;
  /** Bytes that these may take. */
  workerMemory = 2000 * MEGABYTE;
  /** Bytes of model files that the browser keeps over a reload. */
  modelCache = 1000 * MEGABYTE;
  wheel: WheelBehaviour = 'scroll';
  /** Bytes of what a view finds that its output keeps. */
  keptResults = 1.5 * MEGABYTE;

  /** Emits when the user changed one. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  private _take(from: ISettingRegistry.ISettings): void {
    const read = (name: string): unknown => from.get(name).composite;
    this.backend = read('backend') as Settings['backend'];
    this.askAbove = (read('askAbove') as number) * MEGABYTE;
    this.memoryBudget = (read('memoryBudget') as number) * MEGABYTE;
    this.forwardCache = (read('forwardCache') as number) * MEGABYTE;
    this.workers = (read('workers') as number) || null;
    this.workerMemory = (read('workerMemory') as number) * MEGABYTE;
    this.modelCache = (read('modelCache') as number) * MEGABYTE;
    this.keptResults = (read('keptResults') as number) * MEGABYTE;
    this.wheel = read('wheel') as WheelBehaviour;
    // A method that nobody chose is chosen by the model's head.
    const isSaid = (name: string): boolean =>
      name !== 'method' || from.get(name).user !== undefined || read(name) !== DEFAULT_STATE.method;
    const convention = read('convention') as ConventionName | 'none';
    this.viewDefaults = {
      ...Object.fromEntries(SETTING_PROPERTIES.filter(isSaid).map(name => [name, read(name)])),
      convention: convention === 'none' ? null : convention
    };
    this._changed.emit();
  }

  private _changed = new Signal<this, void>(this);
}
