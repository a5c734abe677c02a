import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import type { ViewServices } from '../../session/services';
import { ServicesContext } from '../shared/context';
import { ErrorBoundary } from '../shared/error-boundary';

/** A part of the sidebar, rendered only while it is seen: hidden, it has no component and no listener. */
export class Section extends ReactWidget {
  constructor(
    private services: ViewServices,
    private content: React.ReactElement
  ) {
    super();
    this.addClass('jp-GradLens-section');
  }

  protected render(): React.ReactElement {
    return (
      <ServicesContext.Provider value={this.services}>
        <ErrorBoundary>{this.isVisible && this.content}</ErrorBoundary>
      </ServicesContext.Provider>
    );
  }

  protected onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.update();
  }

  protected onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this.update();
  }
}
