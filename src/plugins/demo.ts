import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { fetched } from '../messages/fetched';
import { tellProblem } from '../session/tell-problem';
import { CommandIDs } from './command-ids';
import { lensIcon } from './icon';

/** Offers something to try: cards of the launcher, and commands. */
export const demoPlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:demo',
  description: 'Opens the demo and the example notebooks that the package carries.',
  autoStart: true,
  optional: [ICommandPalette, ILauncher, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    const add = (command: string, what: 'demo' | 'examples', label: string, caption: string): void => {
      app.commands.addCommand(command, {
        label,
        caption,
        icon: lensIcon,
        describedBy: {
          args: {
            type: 'object',
            properties: {
              cwd: {
                type: 'string',
                description: trans.__('Folder of the new notebook; the one in sight unless given')
              }
            }
          }
        },
        execute: async args => {
          try {
            const { openDemo } = await fetched(import('./open-demo'));
            await openDemo(app, what, args.cwd === undefined ? null : String(args.cwd), trans);
          } catch (error) {
            tellProblem(error, trans);
          }
        }
      });
      palette?.addItem({ command, category: 'GradLens' });
      launcher?.add({ command, category: 'GradLens' });
    };
    add(
      CommandIDs.openDemo,
      'demo',
      trans.__('Open Demo'),
      trans.__('A small model and four pictures, in a new notebook')
    );
    add(
      CommandIDs.openExamples,
      'examples',
      trans.__('Copy Examples'),
      trans.__('Notebooks with exercises, copied by a new notebook')
    );
  }
};
