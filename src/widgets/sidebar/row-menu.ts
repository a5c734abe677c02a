import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

/** An entry of a row's menu. */
export interface RowAction {
  label: string;
  isEnabled: boolean;
  execute: () => void;
}

/** What can be done with a layer's row. */
export const rowActions = (
  layer: { id: string; canRun: boolean },
  does: { show: () => void; compare: () => void; copy: (text: string) => void },
  trans: TranslationBundle
): RowAction[] => [
  { label: trans.__('Show'), isEnabled: layer.canRun, execute: does.show },
  { label: trans.__('Compare beside'), isEnabled: layer.canRun, execute: does.compare },
  { label: trans.__('Copy the name'), isEnabled: true, execute: () => does.copy(layer.id) }
];

/** Opens a menu at a place of the window; the focus goes back to the element when it closes. */
export function openMenu(actions: readonly RowAction[], x: number, y: number, focus: HTMLElement): void {
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  menu.addClass('jp-ThemedContainer');
  actions.forEach(({ label, isEnabled, execute }) => {
    commands.addCommand(label, { label, isEnabled: () => isEnabled, execute });
    menu.addItem({ command: label });
  });
  menu.aboutToClose.connect(() => focus.focus({ preventScroll: true }));
  menu.open(x, y);
}
