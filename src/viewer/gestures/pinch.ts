import { clampViewport, pan, zoomAt } from '../layout/viewport';
import { type Disposer, type GestureTarget, listen, type PanePoint } from './target';

interface Touch {
  x: number;
  y: number;
}

/** Zooms and pans with two fingers; one finger scrolls the page. */
export function pinchGesture(element: HTMLElement, target: GestureTarget): Disposer {
  const touches = new Map<number, Touch>();
  let start: { point: PanePoint; middle: Touch; distance: number } | null = null;
  const before = element.style.touchAction;
  element.style.touchAction = 'pan-x pan-y';

  const measure = (): { middle: Touch; distance: number } => {
    const [a, b] = [...touches.values()];
    return {
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      distance: Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1)
    };
  };
  const begin = (): void => {
    start = null;
    if (touches.size === 2) {
      const { middle, distance } = measure();
      const point = target.locate(middle.x, middle.y);
      start = point && { point, middle, distance };
    }
  };
  const end = (event: PointerEvent): void => {
    if (touches.delete(event.pointerId)) {
      begin();
    }
  };
  const disposers = [
    listen(element, 'pointerdown', event => {
      if (event.pointerType === 'touch') {
        touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
        begin();
      }
    }),
    listen(element, 'pointermove', event => {
      if (!touches.has(event.pointerId)) {
        return;
      }
      touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (!start) {
        return;
      }
      const { middle, distance } = measure();
      const { viewport, pane, x, y, maxZoom, perWindowPixel = 1 } = start.point;
      const zoomed = zoomAt(viewport, pane, distance / start.distance, x, y, maxZoom);
      const [dx, dy] = [middle.x - start.middle.x, middle.y - start.middle.y];
      const moved = pan(zoomed, pane, dx * perWindowPixel, dy * perWindowPixel);
      target.viewportChanged(clampViewport(moved, maxZoom));
    }),
    // Two fingers must not scroll the page while they zoom.
    listen(element, 'touchmove', event => event.touches.length === 2 && event.cancelable && event.preventDefault(), {
      passive: false
    }),
    listen(element, 'pointerup', end),
    listen(element, 'pointercancel', end)
  ];
  return () => {
    element.style.touchAction = before;
    disposers.forEach(dispose => dispose());
  };
}
