import type { ModelController } from './model-controller';
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
  { trans, said: inWords }: Pick<ViewServices, 'trans' | 'said'>
): void {
  const name = controller.payload.model.name;
  const said = new Set<string>();
  let problem: string | null = null;
  controller.changed.connect(() => {
    const { snapshot } = controller;
    if (snapshot.problem !== problem) {
      problem = snapshot.problem;
      if (problem !== null) {
        write(
          'error',
          [`${name}: ${inWords(problem)}`, ...(snapshot.detail === null ? [] : [snapshot.detail])].join('\n')
        );
      }
    }
    const { model, explained } = snapshot;
    if (model && !said.has(model.model)) {
      said.add(model.model);
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
      model.notices.forEach(notice => write('warning', `${name}: ${inWords(notice)}`));
    }
    explained?.run.notices.forEach(notice => {
      if (!said.has(notice)) {
        said.add(notice);
        write('warning', `${name}: ${inWords(notice)}`);
      }
    });
  });
}
