import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { fetched } from '../../messages/fetched';
import type { KeptNotebook, NotebookContext } from './kept-notebook';

interface Entry {
  /** Null while the code that watches notebooks is loaded. */
  notebook: KeptNotebook | null;
  tabs: number;
}

/** The notebooks that are open in the page. What watches them is loaded with the first, not at JupyterLab's start. */
export class Notebooks {
  /**
   * @param watch - Looks after a notebook that holds views, until what it returns is disposed of.
   * @param onLost - Tells that what is set in views will not be kept.
   */
  constructor(
    private watch?: (notebook: KeptNotebook) => Promise<IDisposable>,
    private onLost?: (error: unknown) => void
  ) {}

  /** Takes in a notebook; two tabs may show one. It is let go of when what is returned is disposed of. */
  open(context: NotebookContext): IDisposable {
    const entry = this._open.get(context) ?? this._take(context);
    entry.tabs++;
    return new DisposableDelegate(() => {
      if (--entry.tabs === 0) {
        this._open.delete(context);
        entry.notebook?.dispose();
      }
    });
  }

  /** Resolves when {@link find} knows all notebooks that are open now. */
  get ready(): Promise<unknown> {
    return this._ready;
  }

  /** Emits when an open notebook has another path. */
  get renamed(): ISignal<this, void> {
    return this._renamed;
  }

  /** The open notebook of this path. */
  find(path: string | null): KeptNotebook | null {
    return [...this._open.values()].find(({ notebook }) => notebook?.path === path)?.notebook ?? null;
  }

  private _take(context: NotebookContext): Entry {
    const entry: Entry = { notebook: null, tabs: 0 };
    this._open.set(context, entry);
    context.pathChanged?.connect(() => this._renamed.emit());
    const taken = fetched(import('./kept-notebook')).then(
      module => {
        if (this._open.get(context) === entry) {
          const notebook = (entry.notebook = new module.KeptNotebook(context));
          this._watchViews(notebook);
        }
      },
      // Views work all the same.
      (reason: unknown) => this.onLost?.(reason)
    );
    this._ready = Promise.all([this._ready, taken]);
    return entry;
  }

  private _watchViews(notebook: KeptNotebook): void {
    const begin = (): void => {
      if (this.watch && notebook.views.size > 0) {
        notebook.viewsChanged.disconnect(begin);
        void this.watch(notebook).then(
          watched => notebook.own(watched),
          (reason: unknown) => console.warn('GradLens: Python will not find views that are not drawn.', reason)
        );
      }
    };
    notebook.viewsChanged.connect(begin);
    begin();
  }

  private _renamed = new Signal<this, void>(this);
  private _open = new Map<NotebookContext, Entry>();
  private _ready: Promise<unknown> = Promise.resolve();
}
