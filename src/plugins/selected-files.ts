/** The files that are selected in a file browser, and its folder, loaded with the first command that is executed on them. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';

/** The part of a file browser, of JupyterLab or an extension, that we use. */
interface FileBrowserLike extends Widget {
  selectedItems(): Iterable<Contents.IModel>;
  readonly model?: { readonly path: string };
}

const isFileBrowser = (widget: Widget): widget is FileBrowserLike => 'selectedItems' in widget;

/** The file browser that a node is in: Notebook's tree page has it inside a tab of a tab. */
function browserAround(node: HTMLElement, widgets: Iterable<Widget>): FileBrowserLike | null {
  for (const widget of widgets) {
    if (widget.node.contains(node)) {
      return isFileBrowser(widget) ? widget : browserAround(node, widget.children());
    }
  }
  return null;
}

/** Paths of the files selected in the file browser whose menu was opened last, else in the one in sight. */
export function selectedFiles(app: JupyterFrontEnd): string[] {
  const widgets = ['left', 'right', 'main'].flatMap(area => [...app.shell.widgets(area)]);
  const asked = app.contextMenuHitTest(node => node.classList.contains('jp-DirListing'));
  const used =
    (asked ? browserAround(asked, widgets) : null) ??
    widgets.filter(isFileBrowser).find(({ isVisible }) => isVisible) ??
    null;
  return [...(used?.selectedItems() ?? [])].filter(({ type }) => type !== 'directory').map(({ path }) => path);
}

/** The folder that a file browser shows; the server's own where there is none. */
export function folderInSight(app: JupyterFrontEnd): string {
  return [...app.shell.widgets('left')].find(isFileBrowser)?.model?.path ?? '';
}
