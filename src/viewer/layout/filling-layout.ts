import { type GridLayout, gridLayout } from './grid-layout';

/** Widths between which tiles are chosen, CSS pixels. */
const SMALLEST_TILE = 68;
const LARGEST_TILE = 200;
const GAP = 5;

/** Width over height of tiles, and of the maps in them, unless the image itself goes beyond. */
export const FLATTEST = 5;
export const TALLEST = 0.5;

const LABEL = 13;

/** The part of a map in the window's last row from which on it is worth being seen. */
const WORTH = 0.4;

/** The largest tiles with which all channels are in sight, or the smallest that can be read; rows are filled. */
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
  return whole ?? layouts.reverse().find(layout => !endsWithLabels(layout, height)) ?? layouts[0];
}

/** True if of the last row in a window little more is seen than its labels. */
function endsWithLabels(layout: GridLayout, height: number): boolean {
  const { height: map } = layout.rect(0);
  const pitch = LABEL + map + GAP;
  const seen = height % pitch;
  return layout.height > height && seen > 0 && seen < LABEL + WORTH * map;
}
