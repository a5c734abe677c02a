import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { PanelLayout, Widget } from '@lumino/widgets';
import { fetched } from '../../messages/fetched';
import { MIME_TYPE } from '../../mime/payload';
import type { ViewServices } from '../../session/services';
import { reserveSpace } from '../shared/reserve-space';
import type { OutputContent } from './output-content';
import { lostText } from './refusal-text';

/**
 * Renders our output in a notebook. Small, since it is loaded with JupyterLab: it keeps the
 * place of the view and shows the stored picture there. What checks the
 * output comes with the first one, and the view when one is seen.
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
      this._content?.onSentAgain(raw);
      return;
    }
    this._rendered = key;
    this._clear();
    if (model.trusted) {
      reserveSpace(this.node, raw);
    }
    const preview = storedPicture(model);
    (this.layout as PanelLayout).addWidget(preview);
    try {
      const { OutputContent } = await fetched(import('./output-content'));
      if (!this.isDisposed && key === this._rendered) {
        this._content = new OutputContent(
          this,
          preview,
          () => this._model ?? model,
          this.options.resolver,
          this.services
        );
      }
    } catch (error) {
      // The chunk did not arrive; it may the next time.
      this._rendered = null;
      preview.removeClass('jp-mod-loading');
      preview.node.prepend(lostText(error, this.services.trans));
    }
  }

  dispose(): void {
    this._content?.dispose();
    super.dispose();
  }

  private _clear(): void {
    this._content?.dispose();
    this._content = null;
    const layout = this.layout as PanelLayout;
    while (layout.widgets.length > 0) {
      layout.widgets[0].dispose();
    }
  }

  private _rendered: string | null = null;
  private _model: IRenderMime.IMimeModel | null = null;
  private _content: OutputContent | null = null;
}

/** The picture that is stored with an output; what it shows is said once the output has been read. */
function storedPicture({ data, trusted }: IRenderMime.IMimeModel): Widget {
  const preview = new Widget();
  preview.addClass('jp-GradLens-preview');
  preview.toggleClass('jp-mod-loading', trusted);
  const png = data['image/png'];
  if (typeof png === 'string') {
    const image = document.createElement('img');
    image.src = `data:image/png;base64,${png}`;
    preview.node.append(image);
  }
  return preview;
}
