import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { BackendName } from '../engine/protocol';
import type { ViewStateJSON } from '../session/state';

export const SETTINGS_ID = 'gradlens:settings';

const MEGABYTE = 1e6;

/** Owns schema/settings.json, which JupyterLab's Settings Editor shows. */
export const settingsPlugin: JupyterFrontEndPlugin<void> = {
  id: SETTINGS_ID,
  description: 'The settings of GradLens.',
  autoStart: true,
  activate: () => undefined
};

export interface Settings {
  /** Resolves when the user's settings have been read, or could not be. */
  ready: Promise<void>;
  backend: BackendName | 'auto';
  viewDefaults: ViewStateJSON;
  /** Bytes of a model file above which the user is asked first. */
  askAbove: number;
}

/** The settings as they are now and as they change; the defaults where there is no registry. */
export function readSettings(loading: Promise<ISettingRegistry.ISettings> | null): Settings {
  const settings: Settings = { ready: Promise.resolve(), backend: 'auto', viewDefaults: {}, askAbove: 500 * MEGABYTE };
  const take = (from: ISettingRegistry.ISettings): void => {
    settings.askAbove = (from.get('askAbove').composite as number) * MEGABYTE;
    settings.backend = from.get('backend').composite as Settings['backend'];
    settings.viewDefaults = Object.fromEntries(
      ['colormap', 'opacity', 'score'].map(name => [name, from.get(name).composite])
    );
  };
  if (loading) {
    settings.ready = loading.then(
      from => {
        take(from);
        from.changed.connect(take);
      },
      reason => console.warn('GradLens: the settings could not be read, so the defaults hold.', reason)
    );
  }
  return settings;
}
