/** Ways to export a map: its view's menu and JupyterLab's context menu offer the same. */
export type ExportName = 'copy-png' | 'save-png' | 'save-true-size' | 'save-svg' | 'save-npy' | 'save-csv';

/** Class of the elements that show a map to export. */
export const EXPORTABLE_CLASS = 'jp-GradLens-canvases';

/** Finds what exports a map by the element that shows it: the one under a context menu. */
export class ExportHandlers {
  /** Registers an element, until the function that is returned is called. */
  add(element: Element, handler: (name: ExportName) => Promise<void>): () => void {
    this._handlers.set(element, handler);
    return () => {
      this._handlers.delete(element);
    };
  }

  /** Exports the map of an element; does nothing where it shows none. */
  async run(element: Element, name: ExportName): Promise<void> {
    await this._handlers.get(element)?.(name);
  }

  dispose(): void {
    this._handlers = new WeakMap();
  }

  private _handlers = new WeakMap<Element, (name: ExportName) => Promise<void>>();
}
