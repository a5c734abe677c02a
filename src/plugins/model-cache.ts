import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { fetched } from '../messages/fetched';
import { tellProblem } from '../session/tell-problem';
import { CommandIDs } from './command-ids';

/** Deletes the model files that the browser keeps. */
export const modelCachePlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:model-cache',
  description: 'Deletes the model files that the browser keeps.',
  autoStart: true,
  optional: [ICommandPalette, ITranslator],
  activate: (app: JupyterFrontEnd, palette: ICommandPalette | null, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    app.commands.addCommand(CommandIDs.clearCache, {
      label: trans.__('Clear Cached Models'),
      caption: trans.__('Deletes the model files that the browser keeps for the next time'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        try {
          const [{ clearKept }, { formatBytes }] = await fetched(
            Promise.all([import('../delivery/model-cache'), import('../session/progress/progress-text')])
          );
          const bytes = await clearKept();
          Notification.success(
            bytes > 0
              ? trans.__('%1 of model files were deleted from the browser.', formatBytes(bytes))
              : trans.__('The browser keeps no model files.'),
            { autoClose: 5000 }
          );
        } catch (error) {
          tellProblem(error, trans);
        }
      }
    });
    palette?.addItem({ command: CommandIDs.clearCache, category: 'GradLens' });
  }
};
