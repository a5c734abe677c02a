import { MOST_LASSO_POINTS } from '../../state/places';
import type { RegionOfInterest } from '../../state/view-state';
import { imageAt } from '../layout/viewport';
import { CLICK_SLOP, type Disposer, type GestureTarget, listen, type PanePoint } from './target';

/** Distance between points of a lasso, CSS pixels. */
const LASSO_STEP = 3;

/** With the rectangle or the lasso as tool, dragging draws a region of interest. Escape gives up. */
export function drawRegionGesture(element: HTMLElement, target: GestureTarget): Disposer {
  let start: { point: PanePoint; pointer: number; path: [number, number][] } | null = null;

  const region = (): RegionOfInterest | null => {
    if (!start) {
      return null;
    }
    const { point, path } = start;
    const inside = (at: number): number => Math.min(Math.max(at, 0), 1);
    const points = path.map(([dx, dy]): [number, number] => {
      const { x, y } = imageAt(point.viewport, point.pane, point.x + dx, point.y + dy);
      return [inside(x), inside(y)];
    });
    const [[x0, y0], [x1, y1]] = [points[0], points[points.length - 1]];
    return target.tool?.() === 'lasso'
      ? { kind: 'lasso', points }
      : { kind: 'rectangle', x0: Math.min(x0, x1), y0: Math.min(y0, y1), x1: Math.max(x0, x1), y1: Math.max(y0, y1) };
  };
  const disposers = [
    listen(element, 'pointerdown', event => {
      const tool = target.tool?.();
      const isTool = tool === 'rectangle' || tool === 'lasso';
      const point =
        isTool && event.button === 0 && !event.shiftKey ? target.locate(event.clientX, event.clientY) : null;
      if (point) {
        event.preventDefault();
        element.focus({ preventScroll: true });
        element.setPointerCapture(event.pointerId);
        start = { point, pointer: event.pointerId, path: [[0, 0]] };
      }
    }),
    listen(element, 'pointermove', event => {
      if (start?.pointer !== event.pointerId) {
        return;
      }
      const now = target.locate(event.clientX, event.clientY);
      const last = start.path[start.path.length - 1];
      if (
        now?.tile === start.point.tile &&
        start.path.length < MOST_LASSO_POINTS &&
        Math.hypot(now.x - start.point.x - last[0], now.y - start.point.y - last[1]) >= LASSO_STEP
      ) {
        start.path.push([now.x - start.point.x, now.y - start.point.y]);
        target.regionDrawn?.(region());
      }
    }),
    listen(element, 'pointerup', event => {
      if (start?.pointer === event.pointerId) {
        const [dx, dy] = start.path[start.path.length - 1];
        if (start.path.length > 1 && Math.hypot(dx, dy) < CLICK_SLOP && target.tool?.() !== 'lasso') {
          target.regionDrawn?.(null);
        }
        start = null;
        target.regionEnded?.();
      }
    }),
    listen(element, 'pointercancel', () => (start = null)),
    listen(element, 'keydown', event => {
      if (start && event.key === 'Escape') {
        event.stopPropagation();
        start = null;
        target.regionDrawn?.(null);
      }
    })
  ];
  return () => disposers.forEach(dispose => dispose());
}
