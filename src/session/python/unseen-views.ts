import { DisposableDelegate, DisposableSet, type IDisposable } from '@lumino/disposable';
import { notebookOf } from '../../delivery/resolver';
import { MessageError } from '../../messages/message';
import { parsePayload } from '../../mime/parse';
import { MIME_TYPE } from '../../mime/payload';
import type { KeptNotebook } from '../kept/kept-notebook';
import { NotebookOutput } from '../kept/notebook-output';
import { releaseView, retainView } from '../retain-view';
import type { ViewServices } from '../services';
import type { LiveView } from '../view-tracker';
import { hearPython } from './hear-python';
import { noPicture } from './settled';

/**
 * Offers Python the views of a notebook that JupyterLab has not drawn, as it draws no cell far from the screen.
 * One that is asked for becomes live without an element on the page, until its output is drawn or gone, or the
 * notebook is closed. In a notebook that is not trusted none is offered.
 */
export class UnseenViews implements IDisposable {
  constructor(
    private notebook: KeptNotebook,
    private services: ViewServices
  ) {
    notebook.viewsChanged.connect(this._look, this);
    this._look();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this.notebook.viewsChanged.disconnect(this._look, this);
    this._offered.forEach(offered => offered.dispose());
    this._offered.clear();
  }

  private _look(): void {
    const { views } = this.notebook;
    for (const [id, offered] of this._offered) {
      if (!views.get(id)?.trusted) {
        this._offered.delete(id);
        offered.dispose();
      }
    }
    for (const [id, { trusted }] of views) {
      if (trusted && !this._offered.has(id)) {
        const offered = new DisposableSet();
        this._offered.set(id, offered);
        const open = (): void => this._open(id, offered);
        offered.add(
          hearPython(id, this.notebook.path, this.services, { mount: open, isDrawn: false, view: () => this._view(id) })
        );
      }
    }
    this._expect();
  }

  /** Throws what keeps a view from being opened. */
  private _open(id: string, offered: DisposableSet): void {
    const { notebook, services } = this;
    const payload = parsePayload(notebook.views.get(id)?.data[MIME_TYPE]);
    if (payload.kind === 'model' && payload.images.length === 0) {
      throw new MessageError(noPicture());
    }
    if (!this._view(id)) {
      const node = document.createElement('div');
      const store = new NotebookOutput(id, () => notebook.views.get(id) ?? null, notebook);
      const view = retainView(payload, notebook.resolver, services, node, store);
      view.standIn = new DisposableDelegate(() => releaseView(view, services, node));
      offered.add(view.standIn);
    }
  }

  /** The fingerprint of a large model file comes after its view: the kernel sends the same view again. */
  private _expect(): void {
    for (const id of this._offered.keys()) {
      const view = this._view(id);
      const payload = view?.standIn && !view.standIn.isDisposed ? this._payload(id) : null;
      if (payload?.kind === 'model' && payload.model.fingerprint) {
        view?.controller?.expect(payload.model.fingerprint);
      }
    }
  }

  private _view(id: string): LiveView | undefined {
    return this.services.liveViews.of(id, notebookOf(this.notebook.resolver));
  }

  private _payload(id: string): ReturnType<typeof parsePayload> | null {
    try {
      return parsePayload(this.notebook.views.get(id)?.data[MIME_TYPE]);
    } catch {
      // Drawn, it says why.
      return null;
    }
  }

  private _offered = new Map<string, DisposableSet>();
  private _isDisposed = false;
}
