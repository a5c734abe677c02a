import { imageAt } from '../layout/viewport';
import { CLICK_SLOP, type Disposer, type GestureTarget, listen } from './target';

/** Tells which tile was clicked; a press that moved was a drag and is none. */
export function clickGesture(element: HTMLElement, target: GestureTarget): Disposer {
  let pressed: { x: number; y: number } | null = null;
  const disposers = [
    listen(element, 'pointerdown', event => {
      pressed = { x: event.clientX, y: event.clientY };
    }),
    listen(element, 'click', event => {
      const moved = pressed ? Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) : 0;
      pressed = null;
      const point = target.locate(event.clientX, event.clientY);
      if (point && moved < CLICK_SLOP && (target.tool?.() ?? 'move') === 'move') {
        target.tileClicked?.(point.tile, imageAt(point.viewport, point.pane, point.x, point.y));
      }
    })
  ];
  return () => disposers.forEach(dispose => dispose());
}
