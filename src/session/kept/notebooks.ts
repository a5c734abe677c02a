import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { KeptNotebook, type NotebookContext } from './kept-notebook';

/** The notebooks that are open in the page. */
export class Notebooks {
  /** Takes in a notebook; two tabs may show one. It is let go of when what is returned is disposed of. */
  open(context: NotebookContext): IDisposable {
    const entry = this._open.get(context) ?? { notebook: new KeptNotebook(context), tabs: 0 };
    entry.tabs++;
    this._open.set(context, entry);
    return new DisposableDelegate(() => {
      if (--entry.tabs === 0) {
        this._open.delete(context);
        entry.notebook.dispose();
      }
    });
  }

  /** The open notebook of this path. */
  find(path: string | null): KeptNotebook | null {
    return [...this._open.values()].find(({ notebook }) => notebook.path === path)?.notebook ?? null;
  }

  private _open = new Map<NotebookContext, { notebook: KeptNotebook; tabs: number }>();
}
