import { clampViewport, zoomAt } from '../layout/viewport';
import { type Disposer, type GestureTarget, listen } from './target';

export interface WheelOptions {
  /** Also zoom without Ctrl or Cmd while the element has focus. Off for what scrolls itself. Default true. */
  zoomWhenFocused?: boolean;
  /** Asked at each turn: whether to zoom without Ctrl and focus, too. Default never. */
  zoomAlways?: () => boolean;
}

/** Pixels that a line or a page of `deltaMode` stands for: a notch is three lines. */
const DELTA_UNITS = [1, 100 / 3, 400];

/** Wheel pixels that zoom by a factor of two: a notch of a mouse, 100 to 120, by 1.2 to 1.25, as maps and editors do. */
const PIXELS_PER_OCTAVE = 380;

/** Trackpads report a pinch as a wheel with Ctrl and small steps. */
const PINCH_PIXELS_PER_OCTAVE = 70;

/**
 * Zooms at the pointer with Ctrl or Cmd, or with focus; otherwise the page
 * scrolls and `zoomHinted` is told.
 */
export function wheelGesture(element: HTMLElement, target: GestureTarget, options: WheelOptions = {}): Disposer {
  const { zoomWhenFocused = true, zoomAlways = () => false } = options;
  return listen(
    element,
    'wheel',
    event => {
      const point = target.locate(event.clientX, event.clientY);
      if (!point || event.deltaY === 0) {
        return;
      }
      const held = event.ctrlKey || event.metaKey;
      if (!held && !zoomAlways() && !(zoomWhenFocused && element.matches(':focus-within'))) {
        target.zoomHinted?.();
        return;
      }
      event.preventDefault();
      const factor = zoomFactor(event.deltaY * DELTA_UNITS[event.deltaMode], event.ctrlKey);
      const zoomed = zoomAt(point.viewport, point.pane, factor, point.x, point.y, point.maxZoom);
      target.viewportChanged(clampViewport(zoomed, point.maxZoom));
    },
    { passive: false }
  );
}

/** The factor for a wheel step in pixels; at most two per event. */
function zoomFactor(pixels: number, ctrlKey: boolean): number {
  const isPinch = ctrlKey && Math.abs(pixels) < 50;
  const octaves = -pixels / (isPinch ? PINCH_PIXELS_PER_OCTAVE : PIXELS_PER_OCTAVE);
  return 2 ** Math.min(Math.max(octaves, -1), 1);
}
