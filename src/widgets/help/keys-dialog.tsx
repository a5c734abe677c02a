import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { KeyList, type KeyRow } from './key-list';

/** Shows all keys in a dialog, which Escape closes. The focus goes back. */
export async function showKeys(commands: CommandRegistry, trans: TranslationBundle): Promise<void> {
  await showDialog({
    title: trans.__('Keys of GradLens'),
    body: ReactWidget.create(<KeyList commands={commandKeys(commands)} trans={trans} />),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
}

/** The keys of GradLens' commands, which the user may have changed. */
export function commandKeys(commands: CommandRegistry): KeyRow[] {
  return commands.keyBindings
    .filter(({ command }) => command.startsWith('gradlens:'))
    .map(({ command, keys, args }) => ({
      keys: keys.map(key => CommandRegistry.formatKeystroke(key)),
      text: commands.label(command, args)
    }));
}
