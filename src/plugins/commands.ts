import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, ICommandPalette, MainAreaWidget, Notification } from '@jupyterlab/apputils';
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
import { lensIcon } from './icon';

/** Commands on the view in use; menus and shortcuts are in schema/settings.json. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:commands',
  description: 'Commands on the GradLens view in use.',
  autoStart: true,
  requires: [IViewServices],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    { tracker, defaults }: ViewServices,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    const { commands } = app;
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
      async () => {
        const view = controller();
        if (view) {
          const { pythonCode } = await import('../session/view/python-code');
          Clipboard.copyToSystem(
            pythonCode(view.payload, view.session.state, { method: view.usualMethod, ...defaults() })
          );
          Notification.success(trans.__('The cell that shows this view is on the clipboard.'), { autoClose: 3000 });
        }
      }
    );
    add(
      CommandIDs.showSummary,
      trans.__('Show the Model’s Summary'),
      () => model() !== null,
      async () => {
        const now = model();
        if (!now) {
          return;
        }
        const { SummaryTable } = await import('../widgets/sidebar/summary-table');
        const tab = new MainAreaWidget({ content: new SummaryTable(now, trans) });
        tab.id = `gradlens-summary-${now.model}`;
        tab.title.label = trans.__('Summary of %1', now.name);
        tab.title.icon = lensIcon;
        tab.title.closable = true;
        const open = [...app.shell.widgets('main')].find(widget => widget.id === tab.id);
        if (open) {
          tab.dispose();
        } else {
          app.shell.add(tab, 'main', { mode: 'split-right' });
        }
        app.shell.activateById(`gradlens-summary-${now.model}`);
      }
    );

    const onTracker = (): void => commands.notifyCommandChanged();
    tracker.changed.connect(onTracker);
  }
};
