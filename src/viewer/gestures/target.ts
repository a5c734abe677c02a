import type { Cursor, RegionOfInterest, Viewport } from '../../state/view-state';
import type { Rect } from '../layout/tile';
import type { Pane } from '../layout/viewport';

/** A point of one pane: where a gesture acts. */
export interface PanePoint {
  /** Index of the tile in a grid; 0 for a single pane. */
  tile: number;
  pane: Pane;
  /** From the pane's top left corner, CSS pixels, the unit of `pane`. */
  x: number;
  y: number;
  /** The viewport shown now. */
  viewport: Viewport;
  /** The largest zoom; see `maxZoom` in ../viewport. */
  maxZoom: number;
  /** The zoom at which a pixel of the picture is one of the screen, if there is a picture. */
  trueZoom?: number;
  /** CSS pixels of the pane to one of the window; absent: 1. Slides lie scaled in the window. */
  perWindowPixel?: number;
}

/** Action of dragging with the main button. */
export type DragTool = 'move' | 'rectangle' | 'lasso' | 'brush';

/**
 * The object of all gestures. A single pane and a grid of tiles implement it alike, so
 * that each gesture is written once.
 */
export interface GestureTarget {
  /** The pane under a point of the window, or null between panes. */
  locate(clientX: number, clientY: number): PanePoint | null;
  /** The centre of the pane that keys act on, or null. */
  keyPane(): PanePoint | null;
  /** The user asks for a viewport; it is clamped already. */
  viewportChanged(viewport: Viewport): void;
  /** The pointer is over an image point of a tile, or over none. */
  cursorMoved?(cursor: Cursor | null, tile: number | null): void;
  /** A tile was clicked or tapped, not dragged. */
  tileClicked?(tile: number, cursor: Cursor): void;
  /** A box is being drawn, in window coordinates (as `clientX`); null when it is done or given up. */
  boxDrawn?(box: Rect | null): void;
  /** The current action of dragging; default: moves the image. */
  tool?(): DragTool;
  /** A region of interest is being drawn or done; null: given up. */
  regionDrawn?(region: RegionOfInterest | null): void;
  /** The region is as it is to be: the pointer was let go. */
  regionEnded?(): void;
  /** The brush goes from one place of the image to another. */
  stroked?(from: Cursor, to: Cursor): void;
  /** The brush is lifted; false: the stroke is given up. */
  strokeEnded?(isKept: boolean): void;
  /** An arrow key asks for the cell beside the cursor's. Where it is absent, arrows move the image. */
  cellWalked?(dx: number, dy: number): void;
  /** Enter was pressed: as a click at the cursor. */
  cellPicked?(): void;
  /** Another key was pressed. Returns whether it meant something. */
  keyPressed?(key: string): boolean;
  /** Someone wheels without Ctrl or focus: tell them how to zoom. */
  zoomHinted?(): void;
}

/** CSS pixels of an element to one of the window: not 1 where a transform or CSS zoom scales what it lies in. */
export function perWindowPixel(element: HTMLElement): number {
  const { width } = element.getBoundingClientRect();
  const own = element.offsetWidth;
  // The element's own size is rounded to whole pixels.
  return width === 0 || Math.abs(own - width) < 1 ? 1 : own / width;
}

/** Detaches a gesture. */
export type Disposer = () => void;

/** Distance in pixels within which a press counts as a click. */
export const CLICK_SLOP = 4;

/** Adds a listener and returns what removes it. */
export function listen<K extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  type: K,
  listener: (event: HTMLElementEventMap[K]) => void,
  options?: AddEventListenerOptions
): Disposer {
  element.addEventListener(type, listener, options);
  return () => element.removeEventListener(type, listener, options);
}
