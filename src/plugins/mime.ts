import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
export const mimePlugin: JupyterFrontEndPlugin<void> = {
  id: 'gradlens:mime',
  autoStart: true,
  activate: (_app: JupyterFrontEnd) => {}
};
