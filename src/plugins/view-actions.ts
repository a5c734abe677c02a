/** What commands do with a view, loaded with the first that is executed. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import { findLayer } from '../layers/find-layer';
import { layerStep } from '../layers/layer-steps';
import type { ViewServices } from '../session/services';
import { OpenStories } from '../session/story/open-stories';
import { pythonCode } from '../session/view/python-code';
import type { ViewHandle } from '../session/view-tracker';
import { DEFAULT_STATE } from '../state/vocabulary';
import { openOnce } from '../widgets/shared/open-once';
import { openStructure } from '../widgets/sidebar/structure/open-structure';
import { SummaryTable } from '../widgets/sidebar/summary-table';
import { tour } from '../widgets/tour/tour';
import { CommandIDs } from './command-ids';

/** Shows the layer so many rows further on. */
export function stepLayer({ controller }: ViewHandle, _: ViewServices, by: number): void {
  const model = controller?.snapshot.model;
  const layer = model && layerStep(model, controller.snapshot.layer?.id ?? null, by);
  if (layer) {
    controller.session.explain({ layer: layer.id });
  }
}

/** @throws Error if the model has no layer of this name. */
export function setLayer({ controller }: ViewHandle, { trans }: ViewServices, name: string): void {
  const model = controller?.snapshot.model;
  const found = model && findLayer(model, name);
  if (!found) {
    throw new Error(trans.__('The model of the view in use has no layer “%1”.', name));
  }
  controller.session.explain({ layer: found.id });
}

export function resetView({ session }: ViewHandle): void {
  session.update({ viewport: DEFAULT_STATE.viewport, channel: null });
}

export function copyPython({ controller }: ViewHandle, { defaults, trans }: ViewServices): void {
  if (controller) {
    const usual = { method: controller.usualMethod, ...defaults() };
    Clipboard.copyToSystem(pythonCode(controller.payload, controller.session.state, usual));
    Notification.success(trans.__('The cell that shows this view is on the clipboard.'), { autoClose: 3000 });
  }
}

export function showSummary({ controller }: ViewHandle, services: ViewServices): void {
  const { trans } = services;
  const model = controller?.snapshot.model;
  if (model) {
    openOnce(`summary:${model.model}`, services, () => ({
      content: new SummaryTable(model, trans),
      title: trans.__('Summary of %1', model.name),
      mode: 'split-right'
    }));
  }
}

/** Opens the place of a view's story above it. */
export function showStory(view: ViewHandle, { page }: ViewServices): void {
  page.get(OpenStories).set(view.session, true);
  view.reveal();
}

/** Leads through a view and the sidebar. */
export async function showTour(view: ViewHandle, services: ViewServices, { commands }: JupyterFrontEnd): Promise<void> {
  view.reveal();
  await commands.execute(CommandIDs.showSidebar);
  await tour(view, commands, services.trans);
}

export function showStructure(view: ViewHandle, services: ViewServices): void {
  openStructure(view, services);
}
