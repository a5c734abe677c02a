import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { notebookOf } from '../../delivery/resolver';
import type { ViewServices } from '../../session/services';
import type { ViewHandle } from '../../session/view-tracker';
import { ViewFrame } from '../view/view-frame';
import { Presenter } from './presenter';

/** Ends the presentation under way. */
let end: (() => void) | null = null;

/**
 * Shows a view to an audience: over all of the page, full screen where the browser allows it. It is the same view, so
 * that what is chosen here is chosen in its output too. Escape ends it, and so does leaving full screen.
 */
export function present(view: ViewHandle, services: ViewServices): void {
  end?.();
  const live = services.liveViews.of(view.id, notebookOf(view.resolver));
  if (!live) {
    return; // closed, while this was fetched
  }
  const before = document.activeElement;
  const place = document.createElement('div');
  // What lies behind takes neither focus nor clicks; panels of the view open later, and do.
  const behind = [...document.body.children].filter(
    (node): node is HTMLElement => node instanceof HTMLElement && !node.inert
  );
  behind.forEach(node => (node.inert = true));
  document.body.append(place);
  const root = createRoot(place);
  const wasFull = document.fullscreenElement !== null;
  let isFull = false;

  const onFullScreen = (): void => {
    if (document.fullscreenElement) {
      isFull = true;
    } else if (isFull) {
      leave();
    }
  };
  const onTracker = (): void => {
    if (!services.tracker.views.includes(view)) {
      leave();
    }
  };
  // Where the view failed to be drawn there is no presenter to hear it.
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !place.querySelector('[role="dialog"]')) {
      leave();
    }
  };
  const leave = (): void => {
    end = null;
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('fullscreenchange', onFullScreen);
    services.tracker.changed.disconnect(onTracker);
    root.unmount();
    place.remove();
    behind.forEach(node => (node.inert = false));
    if (isFull && !wasFull && document.fullscreenElement) {
      void document.exitFullscreen();
    }
    if (before instanceof HTMLElement) {
      before.focus();
    }
  };
  end = leave;
  document.addEventListener('keydown', onKey);
  document.addEventListener('fullscreenchange', onFullScreen);
  services.tracker.changed.connect(onTracker);
  if (!wasFull) {
    // The whole page, since panels of the view lie beside it. Where that is refused, it fills the window.
    document.documentElement.requestFullscreen?.().then(
      () => void (end === leave || document.exitFullscreen()),
      () => undefined
    );
  }
  root.render(
    <ViewFrame view={live} services={services}>
      <Presenter view={live} onLeave={leave} />
    </ViewFrame>
  );
}
