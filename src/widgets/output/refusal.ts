import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { type Message, message, translated } from '../../messages/message';

/** Says what is wrong with an output that cannot be shown, beside its stored picture (base64 of a PNG). */
export function refusal(reason: Message, png: string | null, trans: TranslationBundle): Widget {
  const problem = new Widget();
  problem.addClass('jp-GradLens-preview');
  const text = document.createElement('p');
  text.className = 'jp-GradLens-problem';
  text.setAttribute('role', 'alert');
  text.textContent = translated(message('GradLens cannot show this output: %1.', reason), trans);
  problem.node.append(text);
  if (png) {
    const image = document.createElement('img');
    image.src = `data:image/png;base64,${png}`;
    image.alt = trans.__('Input of the view');
    problem.node.append(image);
  }
  return problem;
}
