import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget, TextModelFactory } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { SingletonLayout, Widget } from '@lumino/widgets';
import { IViewServices, type ViewServices } from '../session/services';
import type { OpenedModel } from '../widgets/opened/opened-model';
import type { OpenedRecord, OpenedStore } from '../widgets/opened/tab-memory';
import { FACTORY } from './command-ids';
import { addFileCommands } from './file-commands';
import { lensIcon } from './icon';

const MODEL_NAME = 'gradlens-model';

const FILE_TYPES: readonly Partial<DocumentRegistry.IFileType>[] = [
  { name: 'keras', displayName: 'Keras model', extensions: ['.keras'] },
  { name: 'hdf5', displayName: 'HDF5 file', extensions: ['.h5', '.hdf5'] },
  // By name: other JSON files are no business of ours.
  { name: 'tfjs-model', displayName: 'TensorFlow.js model', extensions: [], pattern: '^model\\.json$' }
];

/** “Open With > GradLens” for model files; never their default opener. */
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
        defaultFor: [],
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

/** A tab of the main area that shows a model file. */
export type ModelTab = DocumentWidget<LazyTab>;

class ModelTabFactory extends ABCWidgetFactory<ModelTab> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<ModelTab>,
    private services: ViewServices,
    private store: OpenedStore
  ) {
    super(options);
  }

  protected createNewWidget(context: DocumentRegistry.Context): ModelTab {
    const content = new LazyTab(context.path, this.services, this.store);
    const tab = new DocumentWidget({ content, context });
    tab.title.icon = lensIcon;
    // Empty, it would be a stripe.
    tab.toolbar.hide();
    return tab;
  }
}

/** Loads what a tab shows when the first one opens. */
export class LazyTab extends Widget {
  constructor(path: string, services: ViewServices, store: OpenedStore) {
    super();
    this.layout = new SingletonLayout();
    this.addClass('jp-GradLens-tab');
    this._content = this._load(path, services, store);
  }

  /** Adds pictures of the Jupyter server to what the tab explains. */
  async explain(paths: readonly string[]): Promise<void> {
    (await this._content)?.explain(paths);
  }

  protected onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    void this._content.then(content => content?.activate());
  }

  private async _load(path: string, services: ViewServices, store: OpenedStore): Promise<OpenedModel | null> {
    const { OpenedModel } = await import('../widgets/opened/opened-model');
    if (this.isDisposed) {
      return null;
    }
    const content = new OpenedModel({ path, services, store, askAbove: services.askAbove() });
    (this.layout as SingletonLayout).widget = content;
    return content;
  }

  private _content: Promise<OpenedModel | null>;
}

/** Keeps what tabs show in JupyterLab's state database; without one, nowhere. */
function storeIn(state: IStateDB | null): OpenedStore {
  const key = (path: string): string => `gradlens:opened:${path}`;
  return {
    load: async path => ((await state?.fetch(key(path))) as OpenedRecord | undefined) ?? null,
    save: (path, record) => void state?.save(key(path), record as unknown as ReadonlyPartialJSONValue)
  };
}
