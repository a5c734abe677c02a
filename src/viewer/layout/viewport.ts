/**
 * Viewport maths. Image coordinates (u, v) are relative, 0..1, from the top left
 * corner; pane coordinates are pixels (CSS or device, as long as they agree).
 * At zoom 1 the whole image fits into the pane ("contain"), centred.
 */
import type { Cursor, Region, Viewport } from '../../state/places';

/** A rectangle on the screen that shows an image. */
export interface Pane {
  width: number;
  height: number;
  /** Width over height of the image. */
  aspect: number;
}

/** The whole image, centred. */
export const FIT: Readonly<Viewport> = { x: 0.5, y: 0.5, zoom: 1 };

/** The largest zoom, unless cells are then still small: see {@link maxZoom}. */
const MAX_ZOOM = 64;

/** Width of a map cell, in pixels, up to which one can always zoom. */
const MAX_CELL = 200;

/** Size of the whole image in pane pixels at a zoom. */
export function imageSize(pane: Pane, zoom = 1): { width: number; height: number } {
  const width = Math.min(pane.width, pane.height * pane.aspect) * zoom;
  return { width, height: width / pane.aspect };
}

/** The part of the image that the pane shows. */
export function visibleRegion(viewport: Viewport, pane: Pane): Region {
  const size = imageSize(pane, viewport.zoom);
  const du = pane.width / size.width / 2;
  const dv = pane.height / size.height / 2;
  return { u0: viewport.x - du, v0: viewport.y - dv, u1: viewport.x + du, v1: viewport.y + dv };
}

/** The image coordinates under a pane pixel; outside 0..1 beside the image. */
export function imageAt(viewport: Viewport, pane: Pane, px: number, py: number): Cursor {
  const size = imageSize(pane, viewport.zoom);
  return {
    x: viewport.x + (px - pane.width / 2) / size.width,
    y: viewport.y + (py - pane.height / 2) / size.height
  };
}

/** The pane pixel of image coordinates; the inverse of {@link imageAt}. */
export function pixelAt(viewport: Viewport, pane: Pane, u: number, v: number): { x: number; y: number } {
  const size = imageSize(pane, viewport.zoom);
  return {
    x: pane.width / 2 + (u - viewport.x) * size.width,
    y: pane.height / 2 + (v - viewport.y) * size.height
  };
}

/**
 * Zooms by a factor, keeping the image point under a pane pixel where it is.
 * Zooming in about a point of the image never needs {@link clampViewport}'s
 * shift; zooming out may.
 */
export function zoomAt(
  viewport: Viewport,
  pane: Pane,
  factor: number,
  px: number,
  py: number,
  maxZoom = MAX_ZOOM
): Viewport {
  const zoom = Math.min(Math.max(viewport.zoom * factor, 1), maxZoom);
  const point = imageAt(viewport, pane, px, py);
  const shrink = viewport.zoom / zoom;
  return {
    x: point.x + (viewport.x - point.x) * shrink,
    y: point.y + (viewport.y - point.y) * shrink,
    zoom
  };
}

/** Moves the image by a number of pane pixels: what was at (px, py) goes to (px + dx, py + dy). */
export function pan(viewport: Viewport, pane: Pane, dx: number, dy: number): Viewport {
  const size = imageSize(pane, viewport.zoom);
  return { x: viewport.x - dx / size.width, y: viewport.y - dy / size.height, zoom: viewport.zoom };
}

/**
 * The nearest viewport that does not lose the image. The centre stays where a
 * pane of the image's own shape would show nothing but image; the rule is the
 * same for every pane, so linked panes of any shape agree on it.
 */
export function clampViewport(viewport: Viewport, maxZoom = MAX_ZOOM): Viewport {
  const zoom = Math.min(Math.max(viewport.zoom, 1), maxZoom);
  const reach = 0.5 - 0.5 / zoom;
  const clamp = (value: number): number => Math.min(Math.max(value, 0.5 - reach), 0.5 + reach);
  return { x: clamp(viewport.x), y: clamp(viewport.y), zoom };
}

/** The largest useful zoom: 64, or more until one cell of those that go into the image's width is 200 px wide. */
export function maxZoom(pane: Pane, cells: number): number {
  return Math.max(MAX_ZOOM, (MAX_CELL * cells) / imageSize(pane).width);
}

/** The smallest clamped viewport that shows all of a region. */
export function fitRegion(region: Region, pane: Pane, largest = MAX_ZOOM): Viewport {
  const size = imageSize(pane);
  const zoom = Math.min(
    pane.width / (size.width * Math.abs(region.u1 - region.u0)),
    pane.height / (size.height * Math.abs(region.v1 - region.v0))
  );
  return clampViewport({ x: (region.u0 + region.u1) / 2, y: (region.v0 + region.v1) / 2, zoom }, largest);
}

/** True if two viewports show the same: the check that keeps linked views from echoing. */
export function sameViewport(a: Viewport, b: Viewport): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom;
}
