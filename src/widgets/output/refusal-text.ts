import type { TranslationBundle } from '@jupyterlab/translation';
import { message, messageOf, translated } from '../../messages/message';

/** A line in place of an output that cannot be shown. */
export function refusalText(error: unknown, trans: TranslationBundle): HTMLElement {
  const text = document.createElement('p');
  text.className = 'jp-GradLens-problem';
  text.setAttribute('role', 'alert');
  text.textContent = translated(message('GradLens cannot show this output: %1.', messageOf(error)), trans);
  return text;
}
