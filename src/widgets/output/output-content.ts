import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { IDisposable } from '@lumino/disposable';
import type { PanelLayout, Widget } from '@lumino/widgets';
import { notebookOf, type Resolver } from '../../delivery/resolver';
import { fetched } from '../../messages/fetched';
import { readKept } from '../../mime/kept';
import { isFingerprint, parsePayload } from '../../mime/parse';
import { MIME_TYPE, type ModelPayload, type Payload } from '../../mime/payload';
import { NotebookOutput } from '../../session/kept/notebook-output';
import type { ViewServices } from '../../session/services';
import type { LiveView } from '../../session/view-tracker';
import { reserveSpace } from '../shared/reserve-space';
import { lostText, refusalText } from './refusal-text';
import { whenSeen } from './when-seen';

/**
 * What an output holds, from its check on: the stored picture and why there is no more, or, once it
 * is seen, the live view. In a notebook that is not trusted nothing is fetched before the user asks for it.
 */
export class OutputContent {
  /**
   * @param preview - Shows the stored picture, and is replaced by the view.
   * @param model - The output's model; JupyterLab may replace it.
   */
  constructor(
    private output: Widget,
    private preview: Widget,
    private model: () => IRenderMime.IMimeModel,
    private resolver: Resolver,
    private services: ViewServices
  ) {
    const { data, trusted, metadata } = model();
    try {
      this._payload = parsePayload(data[MIME_TYPE]);
    } catch (error) {
      this._refuse(error);
      return;
    }
    const { trans } = services;
    const title = readKept(metadata).picture?.title;
    this._describe(
      title
        ? trans.__('As last computed: %1', title)
        : trans.__('Input of the GradLens view of %1', nameOf(this._payload))
    );
    if (trusted) {
      this._unwatch = whenSeen(output.node, () => void this._mount());
      void this._hear(this._payload.id);
    } else {
      this._ask(nameOf(this._payload));
    }
  }

  dispose(): void {
    this._unwatch?.();
    this._heard?.dispose();
    this._isDisposed = true;
  }

  /** The fingerprint of a large model file comes after its view: the kernel sends the same view again. */
  onSentAgain(raw: unknown): void {
    const { model } = (raw ?? {}) as { model?: { fingerprint?: unknown } };
    if (this._payload?.kind === 'model' && isFingerprint(model?.fingerprint)) {
      const { id, model: before } = this._payload;
      if (!before.fingerprint) {
        this._payload = { ...this._payload, model: { ...before, fingerprint: model.fingerprint } };
        this._view(id)?.controller?.expect(model.fingerprint);
      }
    }
  }

  /** Replaces the picture by the live view, once. */
  private async _mount(): Promise<void> {
    if (this._isMounted) {
      return;
    }
    this._isMounted = true;
    let parts;
    try {
      parts = await fetched(
        Promise.all([
          import('../view/view-widget'),
          isAsking(this._payload) ? import('../opened/asking-view') : null,
          this.services.notebooks.ready
        ])
      );
    } catch (error) {
      this._isMounted = false;
      this.preview.removeClass('jp-mod-loading');
      this._lost?.remove();
      this._lost = lostText(error, this.services.trans);
      this.preview.node.prepend(this._lost);
      return;
    }
    const [{ createView }, asking] = parts;
    const { _payload: payload, resolver, services } = this;
    if (this._isDisposed || !payload) {
      return;
    }
    const store = new NotebookOutput(payload.id, this.model, services.notebooks.find(notebookOf(resolver)));
    const view =
      asking && isAsking(payload)
        ? asking.createAskingView(payload, resolver, services, store)
        : createView(payload, resolver, services, store);
    reserveSpace(this.output.node, payload);
    this.preview.dispose();
    (this.output.layout as PanelLayout).addWidget(view);
  }

  /** Python may ask for a view that nobody has seen yet. */
  private async _hear(id: string): Promise<void> {
    const python = await import('../../session/python/hear-python').catch(() => null);
    if (!python) {
      // The view shows nothing of it: Python says that it does not find the view.
      return;
    }
    const { hearPython } = python;
    this._heard?.dispose();
    this._heard = hearPython(id, notebookOf(this.resolver), this.services, {
      mount: () => void this._mount(),
      isDrawn: true,
      view: () => this._view(id)
    });
    if (this._isDisposed) {
      this._heard.dispose();
    }
  }

  private _view(id: string): LiveView | undefined {
    return this.services.liveViews.of(id, notebookOf(this.resolver));
  }

  private _ask(name: string): void {
    const { trans } = this.services;
    const note = document.createElement('p');
    note.textContent = trans.__(
      'This notebook is not trusted, so nothing has been read or run. Press Run to open %1 and compute the view.',
      name
    );
    const button = document.createElement('button');
    button.className = 'jp-GradLens-button jp-mod-styled jp-mod-accept';
    button.textContent = trans.__('Run GradLens');
    button.addEventListener('click', () => void this._mount());
    this.preview.node.append(note, button);
  }

  private _refuse(error: unknown): void {
    const { trans } = this.services;
    this.preview.removeClass('jp-mod-loading');
    this.preview.node.prepend(refusalText(error, trans));
    this._describe(trans.__('Input of the view'));
  }

  /** Says what the stored picture shows. */
  private _describe(text: string): void {
    this.preview.node.querySelector('img')?.setAttribute('alt', text);
  }

  private _payload: Payload | null = null;
  private _unwatch: (() => void) | null = null;
  private _heard: IDisposable | null = null;
  private _lost: HTMLElement | null = null;
  private _isMounted = false;
  private _isDisposed = false;
}

const nameOf = (payload: Payload): string => (payload.kind === 'model' ? payload.model.name : payload.name);

/** A model without a picture: its view asks for one. */
const isAsking = (payload: Payload | null): payload is ModelPayload =>
  payload?.kind === 'model' && payload.images.length === 0;
