import { type GridLayout, gridLayout } from './grid-layout';

/** Widths between which tiles are chosen, CSS pixels. */
const SMALLEST_TILE = 68;
const LARGEST_TILE = 200;
const GAP = 5;

/** Width over height of tiles, and of the maps in them, unless the image itself goes beyond. */
export const FLATTEST = 5;
export const TALLEST = 0.5;

const LABEL = 13;

/** The part of a window that may stay empty under its last whole row: smaller tiles are not given up for less. */
const SPARE = 0.1;

/** The largest tiles with which all channels are in sight, or the smallest that can be read and fill a window of whole rows. */
export function fillingLayout(of: { channels: number; width: number; height: number; aspect: number }): GridLayout {
  const { channels, width, height, aspect } = of;
  const most = Math.max(1, Math.floor((width + GAP) / (SMALLEST_TILE + GAP)));
  const withColumns = (columns: number): GridLayout =>
    gridLayout({
      channels,
      width,
      tileSize: Math.min(LARGEST_TILE, (width - GAP * (columns - 1)) / columns),
      gap: GAP,
      labelHeight: LABEL,
      mapAspect: Math.min(FLATTEST, Math.max(TALLEST, aspect))
    });
  const layouts = Array.from({ length: most }, (_, i) => withColumns(i + 1));
  const whole = layouts.find((layout, i) => i < most - 1 && layout.height <= height);
  if (whole) {
    return whole;
  }
  // Fewer columns than half would fill a low window, too, but with one map or two.
  const many = layouts.slice(Math.ceil(most / 2) - 1).reverse();
  const least = Math.min(...many.map(layout => blank(layout, height)));
  const allowed = Math.max(least, SPARE * height);
  return many.find(layout => blank(layout, height) <= allowed) ?? many[0];
}

/** How much of a window its whole rows leave empty; beyond all where not even one row is whole. */
function blank(layout: GridLayout, height: number): number {
  const left = height - layout.wholeRows(height);
  return left < 0 ? Infinity : left;
}
