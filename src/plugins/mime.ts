import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager, MainAreaWidget } from '@jupyterlab/apputils';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { ILoggerRegistry } from '@jupyterlab/logconsole';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Kernel } from '@jupyterlab/services';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';
import { fetched } from '../messages/fetched';
import { MIME_TYPE } from '../mime/payload';
import type { NotebookContext } from '../session/kept/kept-notebook';
import { Notebooks } from '../session/kept/notebooks';
import { LiveViews } from '../session/live-views';
import { ModelShelf } from '../session/model/opening/model-shelf';
import { startAnew } from '../session/model/start-anew';
import { PageScope } from '../session/page-scope';
import { IViewServices, type OpenMode, type ViewServices } from '../session/services';
import { tellProblem } from '../session/tell-problem';
import { ViewTracker } from '../session/view-tracker';
import { OutputRenderer } from '../widgets/output/output-renderer';
import { CommandIDs } from './command-ids';
import { EngineHost } from './engine-host';
import { lensIcon } from './icon';
import { Settings, SETTINGS_ID } from './settings';

/** Parts of JupyterLab that may be missing. */
interface Optional {
  settingRegistry: ISettingRegistry | null;
  themes: IThemeManager | null;
  translator: ITranslator | null;
  loggers: ILoggerRegistry | null;
}

/** Shows outputs of type {@link MIME_TYPE} in notebooks. */
export const mimePlugin: JupyterFrontEndPlugin<ViewServices> = createMimePlugin();

function createMimePlugin(): JupyterFrontEndPlugin<ViewServices> {
  let page: PageScope | null = null;
  let notebooks: IDisposable | null = null;
  return {
    id: 'gradlens:mime',
    description: 'Renders gradlens.show() and gradlens.heatmap() as live views.',
    autoStart: true,
    provides: IViewServices,
    requires: [IRenderMimeRegistry],
    optional: [ISettingRegistry, IThemeManager, ITranslator, ILoggerRegistry],
    activate: (
      app: JupyterFrontEnd,
      rendermime: IRenderMimeRegistry,
      settingRegistry: ISettingRegistry | null,
      themes: IThemeManager | null,
      translator: ITranslator | null,
      loggers: ILoggerRegistry | null
    ): ViewServices => {
      // First and synchronously: notebooks clone the registry when they open. The
      // rank beats image/png (90), which our outputs also hold.
      rendermime.addFactory(
        {
          safe: true,
          mimeTypes: [MIME_TYPE],
          createRenderer: (options: IRenderMime.IRendererOptions) => new OutputRenderer(options, services)
        },
        40
      );
      page = new PageScope();
      const services = createServices(app, page, { settingRegistry, themes, translator, loggers });
      notebooks = app.docRegistry.addWidgetExtension('Notebook', {
        createNew: (_, context) => services.notebooks.open(context as unknown as NotebookContext)
      });
      app.shell.currentChanged?.connect(() => {
        const front = services.front();
        if (front) {
          services.tracker.turnTo(front);
        }
      });
      return services;
    },
    deactivate: (_: JupyterFrontEnd, rendermime: IRenderMimeRegistry): void => {
      rendermime.removeMimeType(MIME_TYPE);
      notebooks?.dispose();
      page?.dispose();
      page = null;
    }
  };
}

function createServices(
  app: JupyterFrontEnd,
  page: PageScope,
  { settingRegistry, themes, translator, loggers }: Optional
): ViewServices {
  const settings = new Settings(settingRegistry?.load(SETTINGS_ID) ?? null);
  const tracker = new ViewTracker();
  const engine = new EngineHost(
    settings,
    () => fetched(import('../engine/page/create-engine')),
    () => tracker.views.forEach(view => void view.controller?.start()),
    () => tracker.views.forEach(({ controller }) => void (controller && startAnew(controller)))
  );
  page.own(engine);
  const shelf = new ModelShelf(
    () => settings.memoryBudget,
    model => engine.closeModel(model)
  );
  let keepBytes = settings.modelCache;
  settings.changed.connect(() => {
    engine.update();
    shelf.sweep();
    if (settings.modelCache < keepBytes) {
      // The next visit prunes, where the file does not come now.
      import('../delivery/model-cache').then(
        ({ prune }) => prune(settings.modelCache),
        () => undefined
      );
    }
    keepBytes = settings.modelCache;
  });
  const files = (): Promise<typeof import('../delivery/locate-file')> => fetched(import('../delivery/locate-file'));
  const services: ViewServices = {
    locate: async (path, resolver) => (await files()).locateFile(path, resolver, services),
    readFile: async (path, resolver) => (await files()).readFile(path, resolver, services),
    trans: (translator ?? nullTranslator).load('gradlens'),
    contents: app.serviceManager.contents,
    serverSettings: app.serviceManager.serverSettings,
    kernelOf: path => kernelOf(app, path),
    themeChanged: themes?.themeChanged ?? null,
    shelf,
    log: (document, level, data) => loggers?.getLogger(document).log({ type: 'text', level, data }),
    openBeside: (content, title, mode = 'split-right') => openBeside(app, content, title, mode),
    present: view =>
      void fetched(import('../widgets/present/present')).then(
        ({ present }) => present(view, services),
        (error: unknown) => tellProblem(error, services.trans)
      ),
    showKeys: () => void app.commands.execute(CommandIDs.showKeys),
    front: () => app.shell.currentWidget?.node ?? null,
    activate: node => {
      for (const widget of app.shell.widgets('main')) {
        if (widget.node.contains(node)) {
          app.shell.activateById(widget.id);
        }
      }
    },
    askAbove: () => settings.askAbove,
    keepBytes: () => settings.modelCache,
    keptResults: () => settings.keptResults,
    wheelZooms: () => settings.wheel === 'zoom',
    page,
    tracker,
    defaults: () => settings.viewDefaults,
    liveViews: new LiveViews(),
    notebooks: new Notebooks(
      async notebook => {
        const { UnseenViews } = await fetched(import('../session/python/unseen-views'));
        return new UnseenViews(notebook, services);
      },
      error => tellProblem(error, services.trans)
    ),
    engine: () => engine.get()
  };
  return services;
}

function openBeside(app: JupyterFrontEnd, content: Widget, title: string, mode: OpenMode): void {
  const tab = new MainAreaWidget({ content });
  tab.title.label = title;
  tab.title.icon = lensIcon;
  tab.title.closable = true;
  app.shell.add(tab, 'main', { mode });
}

/** The kernel of the open document of this path. Any document with a session will do: notebooks are such. */
function kernelOf(app: JupyterFrontEnd, path: string): Kernel.IKernelConnection | null {
  for (const widget of app.shell.widgets('main')) {
    const { context } = widget as Widget & Partial<Pick<IDocumentWidget, 'context'>>;
    if (context?.path === path) {
      return context.sessionContext?.session?.kernel ?? null;
    }
  }
  return null;
}
