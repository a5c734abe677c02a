import './opened.css';
import type { Message as LuminoMessage } from '@lumino/messaging';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import { notebookOf, type Resolver } from '../../delivery/resolver';
import type { Kept } from '../../mime/kept';
import type { ModelPayload } from '../../mime/payload';
import type { OutputStore } from '../../session/kept/output-store';
import type { ModelController } from '../../session/model/model-controller';
import { guessPreprocess } from '../../session/opened/guess-preprocess';
import { KeptPictures } from '../../session/opened/stored-pictures';
import type { ViewServices } from '../../session/services';
import { ViewWidget } from '../view/view-widget';
import { OfferedPictures } from './offered-pictures';
import { OpenModel } from './opened-view';
import { modelOf, MOST_LABELS } from './tab-memory';

/** Makes the live view of a model that its cell gave no picture: it shows the model, and asks for one. */
export function createAskingView(
  payload: ModelPayload,
  resolver: Resolver,
  services: ViewServices,
  store: OutputStore | null
): Widget {
  return new AskingWidget(payload, resolver, services, store);
}

class AskingWidget extends ViewWidget {
  constructor(payload: ModelPayload, resolver: Resolver, services: ViewServices, store: OutputStore | null) {
    super(payload, resolver, services, store);
    const notebook = notebookOf(resolver) ?? '';
    this._folder = notebook.slice(0, Math.max(0, notebook.lastIndexOf('/')));
    this._kept = new KeptPictures(services.serverSettings.baseUrl);
    const { controller } = this.view;
    const isBack = controller ? this._restore(controller, payload, store?.read() ?? {}) : Promise.resolve(null);
    this._pictures = new OfferedPictures(
      services.contents,
      () => isBack,
      () => this.update()
    );
  }

  protected content(): React.ReactElement {
    const { view, _pictures: pictures } = this;
    return (
      <OpenModel
        folder={this._folder}
        shown={view.shown}
        isHovered={pictures.isHovered}
        isReading={pictures.isReading}
        trouble={pictures.trouble}
        onOffer={reading => void pictures.offer(reading)}
        onRemove={() => view.controller && pictures.remove(view.controller)}
      />
    );
  }

  protected onAfterAttach(msg: LuminoMessage): void {
    super.onAfterAttach(msg);
    this._stopListening = this._pictures.listen(this.node);
  }

  protected onBeforeDetach(msg: LuminoMessage): void {
    this._stopListening?.();
    super.onBeforeDetach(msg);
  }

  /** Brings back what was chosen before a reload, and keeps what will be: pictures in the browser, the rest in the output. */
  private async _restore(controller: ModelController, payload: ModelPayload, kept: Kept): Promise<ModelController> {
    const { id } = payload;
    const model = await modelOf(controller);
    // Another output may show this view already.
    if (controller.payload.images.length === 0) {
      const images = [...(await this._kept.load(id).catch(() => []))];
      const preprocess = kept.preprocess !== undefined ? kept.preprocess : payload.preprocess;
      const isChosen = kept.preprocess !== undefined || preprocess !== null;
      await controller.revise({ images, preprocess: isChosen ? preprocess : guessPreprocess(model) });
    }
    let saved = controller.payload;
    controller.changed.connect(() => {
      const { images, preprocess, labels } = controller.payload;
      const before = saved;
      saved = controller.payload;
      if (preprocess !== before.preprocess) {
        this.view.keeper?.keep({ preprocess });
      }
      if (labels !== before.labels && labels && labels.join().length <= MOST_LABELS) {
        this.view.keeper?.keep({ labels });
      }
      if (images !== before.images) {
        this._kept
          .save(id, images)
          .catch((error: unknown) => console.warn('GradLens: this browser does not keep pictures.', error));
      }
    });
    return controller;
  }

  private _folder: string;
  private _pictures: OfferedPictures;
  private _kept: KeptPictures;
  private _stopListening: (() => void) | null = null;
}
