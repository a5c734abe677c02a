import { imageAt } from '../layout/viewport';
import { type Disposer, type GestureTarget, listen } from './target';

/** Follows the pointer over the image, for the linked cursor and the value read-out. */
export function hoverGesture(element: HTMLElement, target: GestureTarget): Disposer {
  const move = (event: PointerEvent): void => {
    const point = target.locate(event.clientX, event.clientY);
    const cursor = point && imageAt(point.viewport, point.pane, point.x, point.y);
    if (point && cursor && cursor.x >= 0 && cursor.x < 1 && cursor.y >= 0 && cursor.y < 1) {
      target.cursorMoved?.(cursor, point.tile);
    } else {
      target.cursorMoved?.(null, null);
    }
  };
  const disposers = [
    listen(element, 'pointermove', move),
    listen(element, 'pointerdown', move),
    listen(element, 'pointerleave', () => target.cursorMoved?.(null, null))
  ];
  return () => disposers.forEach(dispose => dispose());
}
