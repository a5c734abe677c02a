import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { SingletonLayout, Widget } from '@lumino/widgets';
import { fetched } from '../messages/fetched';
import { IViewServices, type ViewServices } from '../session/services';
import { lostText } from '../widgets/output/refusal-text';
import type { Sidebar } from '../widgets/sidebar/sidebar';
import { CommandIDs } from './command-ids';
import { lensIcon } from './icon';

const SIDEBAR_ID = 'gradlens-sidebar';

/** Rank among the widgets of the right area: extensions take 501 to 899. */
const RANK = 700;

/** The sidebar: layers, classes and controls of the view in use. */
export const sidebarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:sidebar',
  description: 'Lists the layers of the GradLens view in use and steers it.',
  autoStart: true,
  requires: [IViewServices],
  optional: [ILayoutRestorer, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    services: ViewServices,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    const sidebar = new LazySidebar(services);
    sidebar.id = SIDEBAR_ID;
    sidebar.title.icon = lensIcon;
    sidebar.title.caption = trans.__('GradLens: layers, classes and controls of the view in use');
    app.shell.add(sidebar, 'right', { rank: RANK, type: 'GradLens' });
    restorer?.add(sidebar, SIDEBAR_ID);

    app.commands.addCommand(CommandIDs.showSidebar, {
      label: trans.__('Show the GradLens Sidebar'),
      caption: trans.__('Layers, classes and controls of the view in use'),
      icon: lensIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => app.shell.activateById(SIDEBAR_ID)
    });
    palette?.addItem({ command: CommandIDs.showSidebar, category: 'GradLens' });
    app.commands.addCommand(CommandIDs.searchLayers, {
      label: trans.__('Search Layers'),
      caption: trans.__('Search the layers of the view in use'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => services.tracker.current !== null,
      execute: async () => {
        app.shell.activateById(SIDEBAR_ID);
        await sidebar.focusSearch();
      }
    });
    palette?.addItem({ command: CommandIDs.searchLayers, category: 'GradLens' });
  }
};

/** Loads the sidebar's content when it is first seen; until then it costs a tab. */
class LazySidebar extends Widget {
  constructor(private services: ViewServices) {
    super();
    this.addClass('jp-GradLens-sidebar');
    this.layout = new SingletonLayout();
  }

  protected onBeforeShow(msg: Message): void {
    super.onBeforeShow(msg);
    void this._load();
  }

  protected onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    if (this.isVisible) {
      void this._load();
    }
  }

  /** Puts the focus into the search for layers. */
  async focusSearch(): Promise<void> {
    (await this._load())?.focusSearch();
  }

  private async _load(): Promise<Sidebar | null> {
    this._sidebar ??= fetched(import('../widgets/sidebar/sidebar')).then(({ Sidebar }) => {
      const sidebar = new Sidebar(this.services);
      (this.layout as SingletonLayout).widget = sidebar;
      return sidebar;
    });
    try {
      return await this._sidebar;
    } catch (error) {
      // The chunk did not arrive; it may the next time.
      this._sidebar = null;
      (this.layout as SingletonLayout).widget = new Widget({ node: lostText(error, this.services.trans) });
      return null;
    }
  }

  private _sidebar: Promise<Sidebar> | null = null;
}
