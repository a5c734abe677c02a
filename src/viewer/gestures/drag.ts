import { clampViewport, pan } from '../layout/viewport';
import { CLICK_SLOP, type Disposer, type GestureTarget, listen, type PanePoint } from './target';

/** Class on the element while its image is dragged. */
const DRAGGING_CLASS = 'jp-mod-dragging';

/**
 * Pans by dragging with the main button of a mouse or pen. Touch is left to the
 * page's scrolling and to the pinch.
 */
export function dragGesture(element: HTMLElement, target: GestureTarget): Disposer {
  let start: { point: PanePoint; pointer: number; x: number; y: number } | null = null;
  let isDragging = false;

  const end = (event: PointerEvent): void => {
    if (start?.pointer === event.pointerId) {
      start = null;
      isDragging = false;
      element.classList.remove(DRAGGING_CLASS);
    }
  };
  const disposers = [
    listen(element, 'pointerdown', event => {
      const isTool = (target.tool?.() ?? 'move') !== 'move';
      if (event.button !== 0 || event.pointerType === 'touch' || event.shiftKey || isTool) {
        return;
      }
      const point = target.locate(event.clientX, event.clientY);
      start = point && { point, pointer: event.pointerId, x: event.clientX, y: event.clientY };
    }),
    listen(element, 'pointermove', event => {
      if (start?.pointer !== event.pointerId) {
        return;
      }
      const dx = event.clientX - start.x;
      const dy = event.clientY - start.y;
      if (!isDragging) {
        if (Math.hypot(dx, dy) < CLICK_SLOP) {
          return;
        }
        isDragging = true;
        element.setPointerCapture(event.pointerId);
        element.classList.add(DRAGGING_CLASS);
      }
      // From the start, not from the last step: the point stays under the
      // pointer even after the clamp held it back for a while.
      const { viewport, pane, maxZoom, perWindowPixel = 1 } = start.point;
      target.viewportChanged(
        clampViewport(pan(viewport, pane, dx * perWindowPixel, dy * perWindowPixel), maxZoom)
      );
    }),
    listen(element, 'pointerup', end),
    listen(element, 'pointercancel', end),
    listen(element, 'lostpointercapture', end)
  ];
  return () => {
    element.classList.remove(DRAGGING_CLASS);
    disposers.forEach(dispose => dispose());
  };
}
