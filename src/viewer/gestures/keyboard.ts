import type { Viewport } from '../../state/view-state';
import { clampViewport, FIT, pan, sameViewport, zoomAt } from '../layout/viewport';
import { actionOf, MAP_KEYS } from './keys';
import { type Disposer, type GestureTarget, listen, type PanePoint } from './target';

/** Part of the pane that an arrow key moves by. */
const STEP = 0.1;

/** Factor of one press of + or -. */
const FACTOR = Math.SQRT2;

/** Direction in which each arrow moves what is seen. */
const ARROWS: Readonly<Record<(typeof MAP_KEYS.walk)[number], [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

const isArrow = (key: string): key is keyof typeof ARROWS => actionOf(MAP_KEYS, key) === 'walk';

/**
 * Arrows go from cell to cell, or pan where the target has no cells; with Shift
 * they always pan. + and - zoom about the centre, 0 shows the whole image, 1
 * shows it at its true size, Enter picks the cell; other keys are the target's.
 */
export function keyboardGesture(element: HTMLElement, target: GestureTarget): Disposer {
  return listen(element, 'keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (target.cellWalked && !event.shiftKey && isArrow(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      target.cellWalked(...ARROWS[event.key]);
      return;
    }
    if (target.cellPicked && actionOf(MAP_KEYS, event.key) === 'pick') {
      event.preventDefault();
      event.stopPropagation();
      target.cellPicked();
      return;
    }
    if (target.keyPressed?.(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const point = target.keyPane();
    const viewport = point && viewportForKey(event.key, point);
    // A key that changes nothing is left to the page: arrows scroll it at zoom 1.
    if (point && viewport && !sameViewport(viewport, point.viewport)) {
      event.preventDefault();
      event.stopPropagation();
      target.viewportChanged(viewport);
    }
  });
}

/** The viewport that a key asks for, clamped; null if it is not one of ours. */
function viewportForKey(key: string, { pane, viewport, x, y, maxZoom, trueZoom }: PanePoint): Viewport | null {
  if (isArrow(key)) {
    const [dx, dy] = ARROWS[key];
    return clampViewport(pan(viewport, pane, -dx * STEP * pane.width, -dy * STEP * pane.height), maxZoom);
  }
  switch (actionOf(MAP_KEYS, key)) {
    case 'larger':
      return clampViewport(zoomAt(viewport, pane, FACTOR, x, y, maxZoom), maxZoom);
    case 'smaller':
      return clampViewport(zoomAt(viewport, pane, 1 / FACTOR, x, y, maxZoom), maxZoom);
    case 'fit':
      return { ...FIT };
    case 'trueSize':
      return trueZoom === undefined
        ? null
        : clampViewport(zoomAt(viewport, pane, trueZoom / viewport.zoom, x, y, maxZoom), maxZoom);
    default:
      return null;
  }
}
