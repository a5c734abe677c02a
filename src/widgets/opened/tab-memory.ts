import type { ModelSummary } from '../../graph/layer-info';
import type { ModelPayload, PayloadImage } from '../../mime/payload';
import type { ModelController } from '../../session/model/model-controller';
import { guessPreprocess } from '../../session/opened/guess-preprocess';
import { findLabels } from '../../session/opened/opened-file';
import { KeptPictures } from '../../session/opened/stored-pictures';
import type { ViewServices } from '../../session/services';
import type { ViewSession } from '../../session/view/view-session';
import type { ViewState } from '../../state/view-state';
import { readImages, serverPathOfImage } from './image-sources';

/** Stores a tab's state, so that it comes back after a reload. */
export interface OpenedRecord {
  /** A path on the server; or the name of a picture that the browser keeps. */
  images: (string | { name: string })[];
  view: ModelPayload['view'];
  preprocess?: ModelPayload['preprocess'];
  /** Class names that were chosen, not found beside the model. */
  labels?: string[];
}

export interface OpenedStore {
  load(path: string): Promise<OpenedRecord | null>;
  save(path: string, record: OpenedRecord): void;
}

/** Characters of class names that are kept: they are sent to the server with the workspace, or a notebook. */
export const MOST_LABELS = 100_000;

/** Brings back what a tab showed before a reload of the page, then keeps what it shows. */
export class TabMemory {
  constructor(
    private path: string,
    private controller: ModelController,
    private services: ViewServices,
    private store: OpenedStore
  ) {
    this._kept = new KeptPictures(services.serverSettings.baseUrl);
    this.ready = this._restore();
  }

  /**
   * Resolves when the tab is as it was and the model is read: with the names of
   * pictures that could not be brought back. Never, when the model cannot be read.
   */
  readonly ready: Promise<string[]>;

  /** The tab is closed by the user: what only this browser has is forgotten. */
  close(): void {
    this.controller.session.changed.disconnect(this._onState, this);
    if (this._isRestored) {
      this._saveRecord(this.controller.payload.images.filter(image => serverPathOfImage(image) !== null));
    }
    this._kept.forget(this.path).catch(warn);
  }

  private async _restore(): Promise<string[]> {
    const { path, controller, services, store } = this;
    const [record, named] = await Promise.all([store.load(path).catch(() => null), findLabels(path, services)]);
    this._found = named?.labels;
    // Another tab may show this view already.
    const old = controller.payload.images.length === 0 ? record : null;
    if (old) {
      controller.session.restore(old.view ?? {});
    }
    const { images, lost } = old ? await this._pictures(old) : { images: [], lost: [] };
    const model = await modelOf(controller);
    const labels = old?.labels ?? named?.labels;
    if (controller.payload.images.length === 0) {
      await controller.revise({
        images,
        preprocess: old?.preprocess !== undefined ? old.preprocess : guessPreprocess(model),
        ...(labels ? { labels } : {})
      });
    }
    this._isRestored = true;
    this._saved = controller.payload;
    controller.session.changed.connect(this._onState, this);
    controller.changed.connect(this._onController, this);
    return lost;
  }

  private async _pictures(record: OpenedRecord): Promise<{ images: PayloadImage[]; lost: string[] }> {
    const kept = [...(await this._kept.load(this.path).catch(() => []))];
    const { contents } = this.services;
    const found = await Promise.all(
      record.images.map(async entry =>
        typeof entry === 'string'
          ? readImages([{ path: entry }], contents).then(
              ([image]) => image,
              () => null
            )
          : (kept.shift() ?? null)
      )
    );
    const names = record.images.map(entry => (typeof entry === 'string' ? entry : entry.name));
    return { images: found.filter(image => image !== null), lost: names.filter((_, i) => found[i] === null) };
  }

  private _onState(_: ViewSession, names: readonly (keyof ViewState)[]): void {
    if (names.some(name => name !== 'cursor' && name !== 'viewport')) {
      this._saveRecord(this.controller.payload.images);
    }
  }

  private _onController(): void {
    const { payload } = this.controller;
    if (payload !== this._saved) {
      if (payload.images !== this._saved?.images) {
        this._kept
          .save(
            this.path,
            payload.images.filter(image => serverPathOfImage(image) === null)
          )
          .catch(warn);
      }
      this._saved = payload;
      this._saveRecord(payload.images);
    }
  }

  private _saveRecord(images: readonly PayloadImage[]): void {
    const { payload, session } = this.controller;
    const { labels } = payload;
    const isChosen = labels !== undefined && labels !== this._found && labels.join().length < MOST_LABELS;
    const { image, method } = session.state;
    const view = session.toJSON();
    // A method that nobody chose is chosen anew, by the model as it then is; Grad-CAM too may be chosen.
    delete view.method;
    if (session.isByHand('method')) {
      view.method = method;
    }
    this.store.save(this.path, {
      images: images.map(shown => serverPathOfImage(shown) ?? { name: shown.name }),
      view: { ...view, image: Math.min(image, Math.max(0, images.length - 1)) },
      preprocess: payload.preprocess,
      ...(isChosen ? { labels: [...labels] } : {})
    });
  }

  private _kept: KeptPictures;
  private _found: string[] | undefined;
  private _isRestored = false;
  private _saved: ModelPayload | null = null;
}

/** The model of a controller, as soon as it has been read. */
export function modelOf(controller: ModelController): Promise<ModelSummary> {
  return new Promise(resolve => {
    const look = (): void => {
      const { model } = controller.snapshot;
      if (model) {
        controller.changed.disconnect(look);
        resolve(model);
      }
    };
    controller.changed.connect(look);
    look();
  });
}

const warn = (error: unknown): void =>
  console.warn('GradLens: this browser does not keep pictures for after a reload.', error);
