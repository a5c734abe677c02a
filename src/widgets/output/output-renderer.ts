import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { IDisposable } from '@lumino/disposable';
import { PanelLayout, Widget } from '@lumino/widgets';
import { notebookOf } from '../../delivery/resolver';
import { type Message, messageOf } from '../../messages/message';
import { readKept } from '../../mime/kept';
import { isFingerprint, parsePayload } from '../../mime/parse';
import { MIME_TYPE, type ModelPayload, type Payload } from '../../mime/payload';
import type { ViewServices } from '../../session/services';
import { reserveSpace } from '../shared/reserve-space';

/**
 * Renders our output in a notebook. Small, since it is loaded with JupyterLab:
 * the view itself comes as a chunk of its own when an output is first seen.
 *
 * Until then, and in a notebook that is not trusted, the stored picture is
 * shown and nothing is fetched.
 */
export class OutputRenderer extends Widget implements IRenderMime.IRenderer {
  constructor(
    private options: IRenderMime.IRendererOptions,
    private services: ViewServices
  ) {
    super();
    this.addClass('jp-GradLens-output');
    this.layout = new PanelLayout();
  }

  /** JupyterLab may call this several times for one output: the same payload changes nothing. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this._model = model;
    const raw = model.data[MIME_TYPE];
    const key = JSON.stringify([(raw as { id?: unknown } | undefined)?.id, model.trusted]);
    if (key === this._rendered) {
      this._onSentAgain(raw);
      return;
    }
    this._rendered = key;
    this._payload = null;
    this._clear();
    const png = model.data['image/png'];
    const picture = typeof png === 'string' ? png : null;
    let payload: Payload;
    try {
      payload = parsePayload(raw);
    } catch (error) {
      await this._refuse(messageOf(error), picture);
      return;
    }
    this._payload = payload;
    if (model.trusted) {
      reserveSpace(this.node, payload);
      this._preview(picture, payload, model.metadata);
      this._whenSeen(() => void this._mount());
      void this._hear(payload.id);
    } else {
      this._preview(picture, payload, model.metadata, () => void this._mount());
    }
  }

  dispose(): void {
    this._observer?.disconnect();
    this._heard?.dispose();
    super.dispose();
  }

  /** The fingerprint of a large model file comes after its view: the kernel sends the same view again. */
  private _onSentAgain(raw: unknown): void {
    const { model } = (raw ?? {}) as { model?: { fingerprint?: unknown } };
    if (this._payload?.kind === 'model' && isFingerprint(model?.fingerprint)) {
      const { id, model: before } = this._payload;
      if (!before.fingerprint) {
        this._payload = { ...this._payload, model: { ...before, fingerprint: model.fingerprint } };
        this.services.liveViews.get(id)?.controller?.expect(model.fingerprint);
      }
    }
  }

  /** Replaces what is shown by the live view. */
  private async _mount(): Promise<void> {
    const key = this._rendered;
    if (this._mounted === key) {
      return;
    }
    this._mounted = key;
    const [{ createView }, asking, { NotebookOutput }] = await Promise.all([
      import('../view/view-widget'),
      isAsking(this._payload) ? import('../opened/asking-view') : null,
      import('./notebook-output'),
      this.services.notebooks.ready
    ]);
    const payload = this._payload;
    if (this.isDisposed || this._rendered !== key || !payload) {
      return;
    }
    reserveSpace(this.node, payload);
    this._clear();
    const { resolver } = this.options;
    const notebook = this.services.notebooks.find(notebookOf(resolver));
    const store = new NotebookOutput(payload.id, () => this._model, notebook);
    (this.layout as PanelLayout).addWidget(
      asking && isAsking(payload)
        ? asking.createAskingView(payload, resolver, this.services, store)
        : createView(payload, resolver, this.services, store)
    );
  }

  /** Python may ask for a view that nobody has seen yet. */
  private async _hear(id: string): Promise<void> {
    const { hearPython } = await import('../../session/python/hear-python');
    this._heard?.dispose();
    this._heard = hearPython(id, notebookOf(this.options.resolver), this.services, () => void this._mount());
    if (this.isDisposed) {
      this._heard.dispose();
    }
  }

  private _whenSeen(then: () => void): void {
    this._observer = new IntersectionObserver(
      entries => {
        if (entries.some(entry => entry.isIntersecting)) {
          this._observer?.disconnect();
          then();
        }
      },
      // A little early, so that scrolling finds the view ready; a notebook scrolls inside the page.
      { rootMargin: '200px', scrollMargin: '200px' } as IntersectionObserverInit
    );
    this._observer.observe(this.node);
  }

  private _preview(
    png: string | null,
    payload: Payload,
    metadata: IRenderMime.IMimeModel['metadata'],
    run?: () => void
  ): void {
    const { trans } = this.services;
    const name = payload.kind === 'model' ? payload.model.name : payload.name;
    const preview = new Widget();
    preview.addClass('jp-GradLens-preview');
    if (!run) {
      preview.addClass('jp-mod-loading');
    }
    if (png) {
      const image = document.createElement('img');
      image.src = `data:image/png;base64,${png}`;
      const title = readKept(metadata).picture?.title;
      image.alt = title ? trans.__('As last computed: %1', title) : trans.__('Input of the GradLens view of %1', name);
      preview.node.append(image);
    }
    if (run) {
      const note = document.createElement('p');
      note.textContent = trans.__(
        'This notebook is not trusted, so nothing has been read or run. Press Run to open %1 and compute the view.',
        name
      );
      const button = document.createElement('button');
      button.className = 'jp-GradLens-button jp-mod-styled jp-mod-accept';
      button.textContent = trans.__('Run GradLens');
      button.addEventListener('click', run, { once: true });
      preview.node.append(note, button);
    }
    (this.layout as PanelLayout).addWidget(preview);
  }

  private async _refuse(reason: Message, png: string | null): Promise<void> {
    const key = this._rendered;
    const { refusal } = await import('./refusal');
    if (!this.isDisposed && this._rendered === key) {
      (this.layout as PanelLayout).addWidget(refusal(reason, png, this.services.trans));
    }
  }

  private _clear(): void {
    this._observer?.disconnect();
    const layout = this.layout as PanelLayout;
    while (layout.widgets.length > 0) {
      layout.widgets[0].dispose();
    }
  }

  private _rendered: string | null = null;
  /** What of that is a live view, or becomes one. */
  private _mounted: string | null = null;
  private _payload: Payload | null = null;
  private _model: IRenderMime.IMimeModel | null = null;
  private _observer: IntersectionObserver | null = null;
  private _heard: IDisposable | null = null;
}

/** A model without a picture: its view asks for one. */
const isAsking = (payload: Payload | null): payload is ModelPayload =>
  payload?.kind === 'model' && payload.images.length === 0;
