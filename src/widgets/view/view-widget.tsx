import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import type { Widget } from '@lumino/widgets';
import * as React from 'react';
import type { Resolver } from '../../delivery/resolver';
import type { Payload } from '../../mime/payload';
import type { OutputStore } from '../../session/kept/output-store';
import { releaseView, retainView } from '../../session/retain-view';
import type { ViewServices } from '../../session/services';
import type { LiveView } from '../../session/view-tracker';
import { KeyCapture } from '../shared/key-capture';
import { PayloadView, ViewFrame } from './view-frame';

/** Makes the live view of a payload. */
export function createView(
  payload: Payload,
  resolver: Resolver,
  services: ViewServices,
  store: OutputStore | null = null
): Widget {
  services.page.get(KeyCapture);
  return new ViewWidget(payload, resolver, services, store);
}

/** The widget of a view; what it shows in it may be something around the view. */
export class ViewWidget extends ReactWidget {
  constructor(
    private payload: Payload,
    resolver: Resolver,
    private services: ViewServices,
    store: OutputStore | null
  ) {
    super();
    this.addClass('jp-GradLens-viewWidget');
    this._view = retainView(payload, resolver, services, this.node, store);
  }

  dispose(): void {
    if (!this.isDisposed) {
      releaseView(this._view, this.services, this.node);
    }
    super.dispose();
  }

  protected render(): React.ReactElement {
    return (
      <ViewFrame view={this.view} services={this.services}>
        {this.content()}
      </ViewFrame>
    );
  }

  protected get view(): LiveView {
    return this._view;
  }

  protected content(): React.ReactElement {
    return <PayloadView payload={this.payload} view={this.view} />;
  }

  protected onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    // Turning to the cell is turning to its view: the sidebar follows.
    this._cell = this.node.closest<HTMLElement>('.jp-Cell') ?? this.node;
    this._cell.addEventListener('focusin', this._use);
    this._cell.addEventListener('pointerdown', this._use);
    // A notebook that was opened just now is in front before its views are there.
    const front = this.services.front();
    if (front?.contains(this.node)) {
      this.services.tracker.turnTo(front);
    }
  }

  protected onBeforeDetach(msg: Message): void {
    this._cell?.removeEventListener('focusin', this._use);
    this._cell?.removeEventListener('pointerdown', this._use);
    this._cell = null;
    super.onBeforeDetach(msg);
  }

  private _view: LiveView;
  private _cell: HTMLElement | null = null;
  private _use = (): void => {
    this.services.tracker.use(this._view);
    this._view.checkFile();
  };
}
