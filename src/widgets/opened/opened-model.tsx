import '../view/view.css';
import './opened.css';
import { ReactWidget } from '@jupyterlab/ui-components';
import { PromiseDelegate } from '@lumino/coreutils';
import type { Message as LuminoMessage } from '@lumino/messaging';
import * as React from 'react';
import { type Message, message, messageOf } from '../../messages/message';
import type { ModelPayload, PayloadImage } from '../../mime/payload';
import { releaseView, retainView } from '../../session/live-views';
import { inspectFile } from '../../session/opened/opened-file';
import type { ViewServices } from '../../session/services';
import type { LiveView } from '../../session/view-tracker';
import { ServicesContext } from '../shared/context';
import { ErrorBoundary } from '../shared/error-boundary';
import { listenForImages, readImages } from './image-sources';
import { type OpenedStage, OpenedView } from './opened-view';
import { type OpenedStore, TabMemory } from './tab-memory';

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
      this._memory?.close();
      if (this._view) {
        releaseView(this._view, this.options.services, this.node);
        this._view = null;
      }
    }
    super.dispose();
  }

  /** Adds pictures of the Jupyter server, by their paths. */
  explain(paths: readonly string[]): void {
    const { contents } = this.options.services;
    void this._offer(
      readImages(
        paths.map(path => ({ path })),
        contents
      )
    );
  }

  protected render(): React.ReactElement {
    const { services, path } = this.options;
    return (
      <ServicesContext.Provider value={services}>
        <ErrorBoundary>
          <OpenedView
            path={path}
            stage={this._stage}
            view={this._view}
            isHovered={this._isHovered}
            isReading={this._reading > 0}
            trouble={this._trouble}
            onAccept={() => this._open()}
            onRetry={() => void this._inspect()}
            onOffer={reading => void this._offer(reading)}
            onRemove={() => this._remove()}
          />
        </ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  protected onAfterAttach(msg: LuminoMessage): void {
    super.onAfterAttach(msg);
    this.node.addEventListener('focusin', this._use);
    this.node.addEventListener('pointerdown', this._use);
    const { contents } = this.options.services;
    this._stopListening = listenForImages(
      this.node,
      images => void this._offer(readImages(images, contents)),
      isHovered => {
        if (isHovered !== this._isHovered) {
          this._isHovered = isHovered;
          this.update();
        }
      }
    );
  }

  protected onBeforeDetach(msg: LuminoMessage): void {
    this.node.removeEventListener('focusin', this._use);
    this.node.removeEventListener('pointerdown', this._use);
    this._stopListening?.();
    super.onBeforeDetach(msg);
  }

  protected onAfterShow(msg: LuminoMessage): void {
    super.onAfterShow(msg);
    this._use();
  }

  protected onActivateRequest(msg: LuminoMessage): void {
    super.onActivateRequest(msg);
    // Pasting goes to what has the focus.
    if (!this.node.contains(document.activeElement)) {
      this.node.focus();
    }
  }

  private async _inspect(): Promise<void> {
    const { path, services, askAbove } = this.options;
    this._setStage({ kind: 'looking' });
    try {
      const found = await inspectFile(path, services, askAbove, this._abort.signal);
      if (found.kind === 'model') {
        this._open();
      } else {
        this._setStage(
          found.kind === 'large' ? { kind: 'ask', bytes: found.bytes } : { kind: 'problem', message: found.message }
        );
      }
    } catch (error) {
      this._setStage({ kind: 'problem', message: messageOf(error) });
    }
  }

  private _open(): void {
    const { path, services, store } = this.options;
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
    if (this._view.controller) {
      this._memory = new TabMemory(path, this._view.controller, services, store);
      this._isBack.resolve(this._memory.ready);
      void this._memory.ready.then(lost => this._sayLost(lost));
    }
    this._setStage({ kind: 'open' });
    this._use();
  }

  /** Adds pictures as soon as they are read and the model is there. */
  private async _offer(reading: Promise<PayloadImage[]>): Promise<void> {
    this._trouble = null;
    this._reading++;
    this.update();
    try {
      const added = await reading;
      await this._isBack.promise;
      const controller = this._view?.controller;
      if (controller && !this.isDisposed) {
        const before = controller.payload.images;
        void controller.revise({ images: [...before, ...added] });
        controller.session.update({ image: before.length });
      }
    } catch (error) {
      this._trouble = messageOf(error);
    } finally {
      this._reading--;
      this.update();
    }
  }

  private _remove(): void {
    const controller = this._view?.controller;
    if (controller) {
      const { image } = controller.session.state;
      const images = controller.payload.images.filter((_, i) => i !== image);
      void controller.revise({ images });
      controller.session.update({ image: Math.max(0, Math.min(image, images.length - 1)) });
      this.update();
    }
  }

  private _sayLost(names: readonly string[]): void {
    if (names.length > 0) {
      this._trouble =
        names.length === 1
          ? message('“%1” could not be brought back after the reload: add it again.', names[0])
          : message(
              '%1 pictures could not be brought back after the reload (%2): add them again.',
              names.length,
              names.join(', ')
            );
      this.update();
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
  private _stage: OpenedStage = { kind: 'looking' };
  private _view: LiveView | null = null;
  private _memory: TabMemory | null = null;
  /** Resolves when the file is open, and the tab as it was before a reload. */
  private _isBack = new PromiseDelegate<unknown>();
  private _stopListening: (() => void) | null = null;
  private _isHovered = false;
  private _reading = 0;
  private _trouble: Message | null = null;
}
