import { noEvidence } from '../explain/no-evidence';
import { english, type Message, translated } from '../messages/message';
import type { ModelController } from './model/model-controller';
import type { LogLevel } from './services';
import type { ViewServices } from './services';

/**
 * Writes what a view does and what goes wrong into JupyterLab's log: each thing
 * once, with the details that the view itself leaves out.
 *
 * Ends with the controller, whose signal it listens to.
 */
export function logView(
  controller: ModelController,
  write: (level: LogLevel, text: string) => void,
  { trans }: Pick<ViewServices, 'trans'>
): void {
  const name = controller.payload.model.name;
  const logged = new Set<string>();
  let problem: Message | null = null;
  controller.changed.connect(() => {
    const { snapshot } = controller;
    if (snapshot.problem !== problem) {
      problem = snapshot.problem;
      if (problem !== null) {
        write(
          'error',
          [`${name}: ${translated(problem, trans)}`, ...(snapshot.detail === null ? [] : [snapshot.detail])].join('\n')
        );
      }
    }
    const { model, explained } = snapshot;
    if (model && !logged.has(model.model)) {
      logged.add(model.model);
      write(
        'info',
        trans.__(
          '%1: %2 layers, %3 parameters, %4 bytes, format %5',
          name,
          model.layers.length,
          model.parameters,
          model.bytes,
          model.format
        )
      );
      model.notices.forEach(notice => write('warning', `${name}: ${translated(notice, trans)}`));
    }
    const { notices = [], empty = {} } = explained?.run ?? {};
    [...notices, ...Object.keys(empty).map(layer => noEvidence(layer))].forEach(notice => {
      if (!logged.has(english(notice))) {
        logged.add(english(notice));
        write('warning', `${name}: ${translated(notice, trans)}`);
      }
    });
  });
}
