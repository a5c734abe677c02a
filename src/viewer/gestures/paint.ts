import type { Cursor } from '../../state/view-state';
import { imageAt } from '../layout/viewport';
import { type Disposer, type GestureTarget, listen } from './target';

/** With the brush as tool, dragging paints along the way. Escape gives the stroke up. */
export function paintGesture(element: HTMLElement, target: GestureTarget): Disposer {
  let stroke: { pointer: number; at: Cursor } | null = null;

  const placeOf = (event: PointerEvent): Cursor | null => {
    const point = target.locate(event.clientX, event.clientY);
    return point && imageAt(point.viewport, point.pane, point.x, point.y);
  };
  const end = (isKept: boolean): void => {
    if (stroke) {
      stroke = null;
      target.strokeEnded?.(isKept);
    }
  };
  const disposers = [
    listen(element, 'pointerdown', event => {
      const at = target.tool?.() === 'brush' && event.button === 0 && !event.shiftKey ? placeOf(event) : null;
      if (at) {
        event.preventDefault();
        element.focus({ preventScroll: true });
        element.setPointerCapture(event.pointerId);
        stroke = { pointer: event.pointerId, at };
        target.stroked?.(at, at);
      }
    }),
    listen(element, 'pointermove', event => {
      const at = stroke?.pointer === event.pointerId ? placeOf(event) : null;
      if (stroke && at) {
        target.stroked?.(stroke.at, at);
        stroke.at = at;
      }
    }),
    listen(element, 'pointerup', event => stroke?.pointer === event.pointerId && end(true)),
    listen(element, 'pointercancel', () => end(false)),
    listen(element, 'keydown', event => {
      if (stroke && event.key === 'Escape') {
        event.stopPropagation();
        end(false);
      }
    })
  ];
  return () => disposers.forEach(dispose => dispose());
}
