import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { fetched } from '../messages/fetched';
import { tellProblem } from '../session/tell-problem';
import { CommandIDs, FACTORY } from './command-ids';
import { lensIcon } from './icon';
import type { ModelTab } from './model-tab';

/** Right below “Open With” in the file browser's menu. */
const RANK = 2.5;

/** Opens model files, and explains pictures, from the file browser's menu. */
export function addFileCommands(
  app: JupyterFrontEnd,
  tabs: WidgetTracker<ModelTab>,
  modelTypes: readonly string[],
  trans: TranslationBundle
): void {
  const { commands } = app;
  const selected = (): Promise<string[]> =>
    fetched(import('./selected-files')).then(
      ({ selectedFiles }) => selectedFiles(app),
      (error: unknown) => {
        tellProblem(error, trans);
        return [];
      }
    );
  commands.addCommand(CommandIDs.openFile, {
    label: trans.__('Open in GradLens'),
    caption: trans.__('Open a Keras model file, without a kernel'),
    icon: lensIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description: trans.__(
              'Path of the model on the Jupyter server; the files selected in the file browser unless given'
            )
          }
        }
      }
    },
    execute: async args => {
      for (const path of args.path === undefined ? await selected() : [String(args.path)]) {
        await commands.execute('docmanager:open', { path, factory: FACTORY });
      }
    }
  });
  commands.addCommand(CommandIDs.explainImage, {
    label: () => {
      const name = tabs.currentWidget?.title.label;
      return name === undefined ? trans.__('Explain in GradLens') : trans.__('Explain with %1 in GradLens', name);
    },
    caption: trans.__('Add pictures to the model tab that was used last'),
    icon: lensIcon,
    isVisible: () => tabs.currentWidget !== null,
    isEnabled: () => tabs.currentWidget !== null,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          paths: {
            type: 'array',
            items: { type: 'string' },
            description: trans.__(
              'Paths of pictures on the Jupyter server; the files selected in the file browser unless given'
            )
          }
        }
      }
    },
    execute: async args => {
      const tab = tabs.currentWidget;
      if (tab) {
        const paths = Array.isArray(args.paths) ? args.paths.map(String) : await selected();
        app.shell.activateById(tab.id);
        await tab.content.explain(paths);
      }
    }
  });
  for (const type of modelTypes) {
    app.contextMenu.addItem({
      command: CommandIDs.openFile,
      selector: `.jp-DirListing-item[data-file-type="${type}"]`,
      rank: RANK
    });
  }
  for (const type of ['png', 'jpeg', 'gif', 'bmp', 'webp']) {
    app.contextMenu.addItem({
      command: CommandIDs.explainImage,
      selector: `.jp-DirListing-item[data-file-type="${type}"]`,
      rank: RANK
    });
  }
}
