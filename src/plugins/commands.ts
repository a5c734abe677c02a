import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { METHOD_NAMES } from '../explain/vocabulary';
import { findLayer } from '../layers/find-layer';
import { layerStep } from '../layers/layer-steps';
import type { ModelController } from '../session/model/model-controller';
import { IViewServices, type ViewServices } from '../session/services';
import type { MethodName } from '../state/view-state';
import { DEFAULT_STATE } from '../state/vocabulary';
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
    const act = async (name: keyof typeof import('./view-actions')): Promise<void> => {
      const view = tracker.current;
      if (view) {
        (await import('./view-actions'))[name](view, services);
      }
    };
    const step = (by: number): void => {
      const now = model();
      const layer = now && layerStep(now, controller()?.snapshot.layer?.id ?? null, by);
      if (layer) {
        controller()?.session.explain({ layer: layer.id });
      }
    };

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
      ({ layer }) => {
        const now = model();
        const found = now && findLayer(now, String(layer));
        if (!found) {
          throw new Error(trans.__('The model of the view in use has no layer “%1”.', String(layer)));
        }
        controller()?.session.explain({ layer: found.id });
      },
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
      () => tracker.current?.session.update({ viewport: DEFAULT_STATE.viewport, channel: null })
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
      () => act('copyPython')
    );
    add(
      CommandIDs.showSummary,
      trans.__('Show the Model’s Summary'),
      () => model() !== null,
      () => act('showSummary')
    );
    add(
      CommandIDs.showStructure,
      trans.__('Show the Model’s Structure'),
      () => model() !== null,
      () => act('showStructure')
    );
    add(
      CommandIDs.showKeys,
      trans.__('List the Keys'),
      () => true,
      async () => (await import('../widgets/help/keys-dialog')).showKeys(commands, trans)
    );

    const onTracker = (): void => commands.notifyCommandChanged();
    tracker.changed.connect(onTracker);
  }
};
