import '../view/view.css';
import './opened.css';
import { ReactWidget } from '@jupyterlab/ui-components';
import { PromiseDelegate } from '@lumino/coreutils';
import type { Message as LuminoMessage } from '@lumino/messaging';
import * as React from 'react';
import { message, messageOf } from '../../messages/message';
import type { ModelPayload } from '../../mime/payload';
import { inspectFile } from '../../session/opened/opened-file';
import { releaseView, retainView } from '../../session/retain-view';
import type { ViewServices } from '../../session/services';
import type { LiveView } from '../../session/view-tracker';
import { ServicesContext } from '../shared/context';
import { ErrorBoundary } from '../shared/error-boundary';
import { OfferedPictures } from './offered-pictures';
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
    this._pictures = new OfferedPictures(
      options.services.contents,
      async () => {
        await this._isBack.promise;
        return this._view?.controller ?? null;
      },
      () => this.update()
    );
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
    this._pictures.explain(paths);
  }

  protected render(): React.ReactElement {
    const { services, path } = this.options;
    const pictures = this._pictures;
    return (
      <ServicesContext.Provider value={services}>
        <ErrorBoundary>
          <OpenedView
            path={path}
            stage={this._stage}
            view={this._view}
            isHovered={pictures.isHovered}
            isReading={pictures.isReading}
            trouble={pictures.trouble}
            onAccept={() => this._open()}
            onRetry={() => void this._inspect()}
            onOffer={reading => void pictures.offer(reading)}
            onRemove={() => this._view?.controller && pictures.remove(this._view.controller)}
          />
        </ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  protected onAfterAttach(msg: LuminoMessage): void {
    super.onAfterAttach(msg);
    this.node.addEventListener('focusin', this._use);
    this.node.addEventListener('pointerdown', this._use);
    this._stopListening = this._pictures.listen(this.node);
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

  private _sayLost(names: readonly string[]): void {
    if (names.length > 0) {
      this._pictures.say(
        names.length === 1
          ? message('“%1” could not be brought back after the reload: add it again.', names[0])
          : message(
              '%1 pictures could not be brought back after the reload (%2): add them again.',
              names.length,
              names.join(', ')
            )
      );
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
  private _pictures: OfferedPictures;
}
