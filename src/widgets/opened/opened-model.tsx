import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import '../../../style/view.css';
import '../../../style/opened.css';
import type { ModelPayload } from '../../mime/payload';
import { fromJSON } from '../../session/defaults';
import { findLabels, inspectFile, type Inspection } from '../../session/opened-file';
import type { ViewServices } from '../../session/services';
import { ServicesContext } from '../context';
import { ErrorBoundary } from '../error-boundary';
import { releaseView, retainView, type LiveView } from '../live-views';
import { readImages, serverPathOfImage } from './image-input';
import { OpenedView, type OpenedStage } from './opened-view';

/** What is kept of a tab, so that it comes back after a reload. */
export interface OpenedRecord {
  /** Paths on the server of its pictures; those that came from elsewhere are not kept. */
  images: string[];
  view: ModelPayload['view'];
  preprocess?: ModelPayload['preprocess'];
}

export interface OpenedStore {
  load(path: string): Promise<OpenedRecord | null>;
  save(path: string, record: OpenedRecord): void;
}

export interface OpenedOptions {
  /** Path on the server, as the file browser names it. */
  path: string;
  services: ViewServices;
  store: OpenedStore;
  /** Bytes above which it is asked before a file is read. */
  askAbove: number;
}

/** The content of a tab that shows a model file, without any kernel. */
export class OpenedModel extends ReactWidget {
  constructor(private options: OpenedOptions) {
    super();
    this.addClass('jp-GradLens-opened');
    this.node.tabIndex = -1;
    void this._inspect();
  }

  dispose(): void {
    if (!this.isDisposed) {
      this._abort.abort();
      this._close();
    }
    super.dispose();
  }

  protected render(): React.ReactElement {
    const { services, path } = this.options;
    return (
      <ServicesContext.Provider value={services}>
        <ErrorBoundary>
          <OpenedView
            path={path}
            host={this.node}
            stage={this._stage}
            controller={this._view?.controller ?? null}
            onAccept={() => this._open()}
            onRetry={() => void this._inspect()}
          />
        </ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  protected onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.node.addEventListener('focusin', this._use);
    this.node.addEventListener('pointerdown', this._use);
  }

  protected onBeforeDetach(msg: Message): void {
    this.node.removeEventListener('focusin', this._use);
    this.node.removeEventListener('pointerdown', this._use);
    super.onBeforeDetach(msg);
  }

  protected onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._use();
  }

  protected onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.node.focus();
  }

  private async _inspect(): Promise<void> {
    const { path, services, askAbove } = this.options;
    this._setStage({ kind: 'looking' });
    try {
      this._inspection = await inspectFile(path, services, askAbove, this._abort.signal);
    } catch (error) {
      this._setStage({ kind: 'problem', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (this._inspection.kind === 'model') {
      this._open();
    } else if (this._inspection.kind === 'large') {
      this._setStage({ kind: 'ask', bytes: this._inspection.bytes });
    } else {
      this._setStage({ kind: 'problem', message: this._inspection.message });
    }
  }

  private _open(): void {
    const { path, services } = this.options;
    if (this.isDisposed || this._view) {
      return;
    }
    const payload: ModelPayload = {
      version: 1,
      kind: 'model',
      id: `opened:${path}`,
      model: { path, name: path.split('/').pop() ?? path },
      images: [],
      preprocess: null,
      interpolation: 'bilinear'
    };
    this._view = retainView(payload, null, services, this.node);
    this._setStage({ kind: 'open' });
    this._use();
    void this._restore(this._view);
  }

  /** Brings back what the tab showed before a reload, then keeps what it shows. */
  private async _restore(view: LiveView): Promise<void> {
    const { path, services, store } = this.options;
    const { controller } = view;
    if (!controller) {
      return;
    }
    const [record, named] = await Promise.all([store.load(path).catch(() => null), findLabels(path, services)]);
    if (this.isDisposed || controller.isDisposed) {
      return;
    }
    const isNew = controller.payload.images.length === 0;
    if (isNew && record) {
      view.session.update(fromJSON(record.view ?? {}));
    }
    const images = isNew && record ? await readImages(record.images.map(file => ({ path: file })), services.contents).catch(() => []) : [];
    const patch = {
      ...(named ? { labels: named.labels } : {}),
      ...(images.length > 0 ? { images } : {}),
      ...(images.length > 0 && record?.preprocess !== undefined ? { preprocess: record.preprocess } : {})
    };
    if (Object.keys(patch).length > 0) {
      await controller.revise(patch);
    }
    const save = (): void => {
      if (controller.payload.images.length > 0) {
        const { image, ...shown } = view.session.toJSON();
        const images = controller.payload.images.map(serverPathOfImage).filter(file => file !== null);
        store.save(path, {
          images,
          view: { ...shown, image: Math.min(image ?? 0, Math.max(0, images.length - 1)) },
          preprocess: controller.payload.preprocess
        });
      }
    };
    view.session.changed.connect((_, names) => {
      if (names.some(name => name !== 'cursor' && name !== 'viewport')) {
        save();
      }
    });
    controller.changed.connect(() => {
      if (controller.payload !== this._saved) {
        this._saved = controller.payload;
        save();
      }
    });
  }

  private _close(): void {
    if (this._view) {
      releaseView(this._view, this.options.services, this.node);
      this._view = null;
    }
  }

  private _setStage(stage: OpenedStage): void {
    if (!this.isDisposed) {
      this._stage = stage;
      this.update();
    }
  }

  private _use = (): void => {
    if (this._view) {
      this.options.services.tracker.use(this._view);
      this._view.checkFile();
    }
  };

  private _abort = new AbortController();
  private _inspection: Inspection | null = null;
  private _stage: OpenedStage = { kind: 'looking' };
  private _view: LiveView | null = null;
  private _saved: ModelPayload | null = null;
}
