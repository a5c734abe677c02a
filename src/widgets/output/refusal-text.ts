import type { TranslationBundle } from '@jupyterlab/translation';
import { message, messageOf, translated } from '../../messages/message';

/** A line in place of an output that cannot be shown. */
export const refusalText = (error: unknown, trans: TranslationBundle): HTMLElement =>
  alertText(translated(message('GradLens cannot show this output: %1.', messageOf(error)), trans));

/** A sentence in place of what could not be loaded. */
export const lostText = (error: unknown, trans: TranslationBundle): HTMLElement =>
  alertText(translated(messageOf(error), trans));

function alertText(sentence: string): HTMLElement {
  const text = document.createElement('p');
  text.className = 'jp-GradLens-problem';
  text.setAttribute('role', 'alert');
  text.textContent = sentence;
  return text;
}
