import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { Message } from '@lumino/messaging';
import { SingletonLayout, Widget } from '@lumino/widgets';
import { fetched } from '../messages/fetched';
import type { ViewServices } from '../session/services';
import type { OpenedModel } from '../widgets/opened/opened-model';
import type { OpenedStore } from '../widgets/opened/tab-memory';
import { lostText } from '../widgets/output/refusal-text';
import { lensIcon } from './icon';

/** A tab of the main area that shows a model file. */
export type ModelTab = DocumentWidget<LazyTab>;

/** Makes the tabs of model files. */
export class ModelTabFactory extends ABCWidgetFactory<ModelTab> {
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
    const layout = this.layout as SingletonLayout;
    try {
      const { OpenedModel } = await fetched(import('../widgets/opened/opened-model'));
      if (this.isDisposed) {
        return null;
      }
      const content = new OpenedModel({ path, services, store, askAbove: services.askAbove() });
      layout.widget = content;
      return content;
    } catch (error) {
      layout.widget = new Widget({ node: lostText(error, services.trans) });
      return null;
    }
  }

  private _content: Promise<OpenedModel | null>;
}
