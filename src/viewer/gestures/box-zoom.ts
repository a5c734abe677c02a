import { fitRegion, imageAt } from '../layout/viewport';
import { CLICK_SLOP, type Disposer, type GestureTarget, listen, type PanePoint } from './target';

/** Shift and drag: zooms until the box drawn fills the pane. Escape gives up. */
export function boxZoomGesture(element: HTMLElement, target: GestureTarget): Disposer {
  let start: { point: PanePoint; pointer: number; x: number; y: number } | null = null;

  const stop = (): void => {
    start = null;
    target.boxDrawn?.(null);
  };
  const disposers = [
    listen(element, 'pointerdown', event => {
      const point = event.button === 0 && event.shiftKey ? target.locate(event.clientX, event.clientY) : null;
      if (point) {
        // Shift and drag would select text.
        event.preventDefault();
        element.focus({ preventScroll: true });
        element.setPointerCapture(event.pointerId);
        start = { point, pointer: event.pointerId, x: event.clientX, y: event.clientY };
      }
    }),
    listen(element, 'pointermove', event => {
      if (start?.pointer === event.pointerId) {
        target.boxDrawn?.({
          x: Math.min(start.x, event.clientX),
          y: Math.min(start.y, event.clientY),
          width: Math.abs(event.clientX - start.x),
          height: Math.abs(event.clientY - start.y)
        });
      }
    }),
    listen(element, 'pointerup', event => {
      if (start?.pointer !== event.pointerId) {
        return;
      }
      const { point, x, y } = start;
      const dx = event.clientX - x;
      const dy = event.clientY - y;
      stop();
      if (Math.abs(dx) < CLICK_SLOP || Math.abs(dy) < CLICK_SLOP) {
        return;
      }
      const from = imageAt(point.viewport, point.pane, point.x, point.y);
      const { perWindowPixel = 1 } = point;
      const end = { x: point.x + dx * perWindowPixel, y: point.y + dy * perWindowPixel };
      const to = imageAt(point.viewport, point.pane, end.x, end.y);
      const region = { u0: from.x, v0: from.y, u1: to.x, v1: to.y };
      target.viewportChanged(fitRegion(region, point.pane, point.maxZoom));
    }),
    listen(element, 'pointercancel', event => start?.pointer === event.pointerId && stop()),
    listen(element, 'keydown', event => {
      if (start && event.key === 'Escape') {
        event.stopPropagation();
        stop();
      }
    })
  ];
  return () => {
    if (start) {
      stop();
    }
    disposers.forEach(dispose => dispose());
  };
}
