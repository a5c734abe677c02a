import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { METHOD_NAMES } from '../explain/vocabulary';
import { fetched } from '../messages/fetched';
import type { ModelController } from '../session/model/model-controller';
import { IViewServices, type ViewServices } from '../session/services';
import { tellProblem } from '../session/tell-problem';
import type { ViewHandle } from '../session/view-tracker';
import type { MethodName } from '../state/view-state';
import { isTourSeen } from '../widgets/tour/tour-seen';
import { CommandIDs } from './command-ids';

/** Commands on the view in use; menus and shortcuts are in schema/settings.json. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:commands',
  description: 'Commands on the GradLens view in use.',
  autoStart: true,
  requires: [IViewServices],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    services: ViewServices,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    const { commands } = app;
    const { tracker } = services;
    const controller = (): ModelController | null => tracker.current?.controller ?? null;
    const model = (): NonNullable<ModelController['snapshot']['model']> | null => controller()?.snapshot.model ?? null;
    const nothing = { type: 'object', properties: {} };
    const add = (
      id: string,
      label: string,
      isEnabled: () => boolean,
      execute: (args: ReadonlyPartialJSONObject) => unknown,
      args: ReadonlyJSONObject = nothing,
      more: { isToggled?: () => boolean; caption?: string } = {}
    ): void => {
      commands.addCommand(id, { label, isEnabled, execute, describedBy: { args }, ...more });
      // Commands that need arguments are for menus, shortcuts and other extensions.
      if (!('required' in args)) {
        palette?.addItem({ command: id, category: 'GradLens' });
      }
    };
    type Actions = typeof import('./view-actions');
    const act = async (run: (actions: Actions, view: ViewHandle) => unknown): Promise<void> => {
      const view = tracker.current;
      if (view) {
        await fetched(import('./view-actions')).then(
          actions => run(actions, view),
          (error: unknown) => tellProblem(error, trans)
        );
      }
    };
    const step = (by: number): Promise<void> => act(({ stepLayer }, view) => stepLayer(view, services, by));

    add(
      CommandIDs.nextLayer,
      trans.__('Next Layer'),
      () => model() !== null,
      () => step(1)
    );
    add(
      CommandIDs.previousLayer,
      trans.__('Previous Layer'),
      () => model() !== null,
      () => step(-1)
    );
    add(
      CommandIDs.setLayer,
      trans.__('Show a Layer'),
      () => model() !== null,
      ({ layer }) => act(({ setLayer }, view) => setLayer(view, services, String(layer))),
      {
        type: 'object',
        properties: { layer: { type: 'string', description: trans.__('Name of a layer of the model') } },
        required: ['layer']
      }
    );
    add(
      CommandIDs.setClass,
      trans.__('Explain a Class'),
      () => model() !== null,
      args => controller()?.session.explain({ target: args.class === null ? null : Number(args.class) }),
      {
        type: 'object',
        properties: {
          class: {
            type: ['integer', 'null'],
            minimum: 0,
            description: trans.__('Class index; null for the highest-scoring one')
          }
        },
        required: ['class']
      }
    );
    add(
      CommandIDs.setMethod,
      trans.__('Explain by a Method'),
      () => model() !== null,
      ({ method }) => controller()?.session.explain({ method: method as MethodName }),
      {
        type: 'object',
        properties: {
          method: { type: 'string', enum: [...METHOD_NAMES], description: trans.__('Name of the method') }
        },
        required: ['method']
      }
    );
    add(
      CommandIDs.resetView,
      trans.__('Reset Zoom'),
      () => tracker.current !== null,
      () => act(({ resetView }, view) => resetView(view))
    );
    add(
      CommandIDs.pinView,
      trans.__('Keep the View in Use'),
      () => tracker.current !== null,
      () => tracker.pin(!tracker.isPinned),
      nothing,
      { isToggled: () => tracker.isPinned, caption: trans.__('The sidebar keeps this view, whatever is used') }
    );
    add(
      CommandIDs.copyPython,
      trans.__('Copy Python Code'),
      () => controller() !== null,
      () => act(({ copyPython }, view) => copyPython(view, services))
    );
    add(
      CommandIDs.showSummary,
      trans.__('Show the Model’s Summary'),
      () => model() !== null,
      () => act(({ showSummary }, view) => showSummary(view, services))
    );
    add(
      CommandIDs.showStructure,
      trans.__('Show the Model’s Structure'),
      () => model() !== null,
      () => act(({ showStructure }, view) => showStructure(view, services))
    );
    add(
      CommandIDs.present,
      trans.__('Present the View'),
      () => tracker.current !== null,
      () => tracker.current && services.present(tracker.current),
      nothing,
      { caption: trans.__('Large and alone on the screen; Escape leaves') }
    );
    add(
      CommandIDs.showStory,
      trans.__('Record or Tell a Story'),
      () => tracker.current !== null,
      () => act(({ showStory }, view) => showStory(view, services))
    );
    add(
      CommandIDs.showTour,
      trans.__('Show the Tour'),
      () => tracker.current !== null,
      () => act(({ showTour }, view) => showTour(view, services, app)),
      nothing,
      { isToggled: isTourSeen, caption: trans.__('Leads through the view in use and the sidebar; ticked once seen') }
    );
    add(
      CommandIDs.showKeys,
      trans.__('List the Keys'),
      () => true,
      () =>
        fetched(import('../widgets/help/keys-dialog')).then(
          ({ showKeys }) => showKeys(commands, trans),
          (error: unknown) => tellProblem(error, trans)
        )
    );

    const onTracker = (): void => commands.notifyCommandChanged();
    tracker.changed.connect(onTracker);
  }
};
