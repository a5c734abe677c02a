import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { type DocumentRegistry, TextModelFactory } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { IViewServices, type ViewServices } from '../session/services';
import type { OpenedRecord, OpenedStore } from '../widgets/opened/tab-memory';
import { FACTORY } from './command-ids';
import { addFileCommands } from './file-commands';
import { lensIcon } from './icon';
import { type ModelTab, ModelTabFactory } from './model-tab';

const MODEL_NAME = 'gradlens-model';

const FILE_TYPES: readonly Partial<DocumentRegistry.IFileType>[] = [
  { name: 'keras', displayName: 'Keras model', extensions: ['.keras'] },
  { name: 'hdf5', displayName: 'HDF5 file', extensions: ['.h5', '.hdf5'] },
  // By name: other JSON files are no business of ours.
  { name: 'tfjs-model', displayName: 'TensorFlow.js model', extensions: [], pattern: '^model\\.json$' }
];

/** What only GradLens opens, by a double click too. HDF5 files and JSON are others’ as well. */
const OWN = ['keras'];

/** “Open With > GradLens” for model files. */
export const openPlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:open',
  description: 'Opens Keras model files from the file browser.',
  autoStart: true,
  requires: [IViewServices],
  optional: [ILayoutRestorer, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    services: ViewServices,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    for (const type of FILE_TYPES) {
      app.docRegistry.addFileType({
        ...type,
        contentType: 'file',
        fileFormat: 'base64',
        mimeTypes: ['application/octet-stream'],
        icon: lensIcon
      });
    }
    app.docRegistry.addModelFactory(new NoContentFactory());
    const factory = new ModelTabFactory(
      {
        name: FACTORY,
        label: trans.__('GradLens'),
        modelName: MODEL_NAME,
        fileTypes: FILE_TYPES.map(type => type.name ?? ''),
        defaultFor: OWN,
        readOnly: true,
        preferKernel: false,
        canStartKernel: false
      },
      services,
      storeIn(state)
    );
    const tracker = new WidgetTracker<ModelTab>({ namespace: 'gradlens-open' });
    factory.widgetCreated.connect((_, tab) => {
      tab.context.pathChanged.connect(() => void tracker.save(tab));
      void tracker.add(tab);
    });
    app.docRegistry.addWidgetFactory(factory);
    void restorer?.restore(tracker, {
      command: 'docmanager:open',
      args: tab => ({ path: tab.context.path, factory: FACTORY }),
      name: tab => tab.context.path
    });
    addFileCommands(
      app,
      tracker,
      FILE_TYPES.map(type => type.name ?? ''),
      trans
    );
  }
};

/** A document of which nothing is read: the tab fetches the file itself. */
class NoContentFactory extends TextModelFactory {
  get name(): string {
    return MODEL_NAME;
  }

  get contentType(): Contents.ContentType {
    return 'file';
  }

  get fileFormat(): Contents.FileFormat {
    return null;
  }
}

/** Keeps what tabs show in JupyterLab's state database; without one, nowhere. */
function storeIn(state: IStateDB | null): OpenedStore {
  const key = (path: string): string => `gradlens:opened:${path}`;
  return {
    load: async path => ((await state?.fetch(key(path))) as OpenedRecord | undefined) ?? null,
    save: (path, record) => void state?.save(key(path), record as unknown as ReadonlyPartialJSONValue)
  };
}
