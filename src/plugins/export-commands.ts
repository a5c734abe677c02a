import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IViewServices, type ViewServices } from '../session/services';
import { EXPORTABLE_CLASS, ExportHandlers, type ExportName } from '../widgets/export/export-handlers';

/** Above JupyterLab's own items, which begin at 0. */
const FIRST_RANK = -10;

/** Offers to copy and save a map in JupyterLab's context menu over it. */
export const exportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:export',
  description: 'Copies and saves heatmaps from the context menu.',
  autoStart: true,
  requires: [IViewServices],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, services: ViewServices, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load('gradlens');
    const labels: Record<ExportName, string> = {
      'copy-png': trans.__('Copy Heatmap as Picture'),
      'save-png': trans.__('Save Heatmap as PNG'),
      'save-true-size': trans.__('Save Heatmap as PNG, True Size'),
      'save-svg': trans.__('Save Heatmap as SVG'),
      'save-npy': trans.__('Save Heatmap’s Values as .npy'),
      'save-csv': trans.__('Save Heatmap’s Values as CSV')
    };
    (Object.keys(labels) as ExportName[]).forEach((name, i) => {
      const command = `gradlens:${name}`;
      app.commands.addCommand(command, {
        label: labels[name],
        execute: () => {
          const node = app.contextMenuHitTest(element => element.classList.contains(EXPORTABLE_CLASS));
          return node && services.page.get(ExportHandlers).run(node, name);
        }
      });
      app.contextMenu.addItem({ command, selector: `.${EXPORTABLE_CLASS}`, rank: FIRST_RANK + i });
    });
    app.contextMenu.addItem({ type: 'separator', selector: `.${EXPORTABLE_CLASS}`, rank: -1 });
  }
};
