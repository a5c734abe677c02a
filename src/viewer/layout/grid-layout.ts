import type { Rect } from './tile';

export interface GridLayoutOptions {
  /** Number of tiles. */
  channels: number;
  /** Width to fill, in pixels; so are all that follow. */
  width: number;
  /** Width of a tile. */
  tileSize: number;
  /** Between tiles. */
  gap: number;
  /** Height of the label above each map; 0 for none. */
  labelHeight: number;
  /** Width over height of a map. */
  mapAspect: number;
}

/** Positions of a channel grid's tiles: rows from the top left, in content coordinates. */
export interface GridLayout {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** Height of the whole content, for the scroll bar. */
  readonly height: number;
  readonly labelHeight: number;
  /** The height of the rows that are whole in a window, at least one. */
  wholeRows(height: number): number;
  /** The map of a tile, without its label. */
  rect(index: number): Rect;
  /** Tiles that show between two heights: first, and one past the last. */
  visibleRange(scrollTop: number, height: number): [number, number];
  /** The tile whose map or label is at a place, or -1. */
  indexAt(x: number, y: number): number;
  /** The `scrollTop` nearest to the present one that shows all of a tile. */
  scrollTo(index: number, scrollTop: number, height: number): number;
}

/** Lays tiles out in as many columns as fit, at least one. */
export function gridLayout(options: GridLayoutOptions): GridLayout {
  const { channels: count, gap, labelHeight, mapAspect } = options;
  const tileWidth = Math.max(Math.min(options.tileSize, options.width), 1);
  const mapHeight = tileWidth / mapAspect;
  const columns = Math.max(Math.floor((options.width + gap) / (tileWidth + gap)), 1);
  const rows = Math.ceil(count / columns);
  const pitchX = tileWidth + gap;
  const pitchY = labelHeight + mapHeight + gap;
  const clampRow = (row: number): number => Math.min(Math.max(row, 0), rows);
  return {
    count,
    columns,
    rows,
    height: Math.max(rows * pitchY - gap, 0),
    labelHeight,
    wholeRows: window => Math.min(rows, Math.max(1, Math.floor((window + gap) / pitchY))) * pitchY - gap,
    rect: index => ({
      x: (index % columns) * pitchX,
      y: Math.floor(index / columns) * pitchY + labelHeight,
      width: tileWidth,
      height: mapHeight
    }),
    visibleRange: (scrollTop, height) => {
      // A row shows from the top of its label to the bottom of its map, not in the gap.
      const first = clampRow(Math.floor((scrollTop + gap) / pitchY));
      const last = clampRow(Math.ceil((scrollTop + height) / pitchY));
      return [Math.min(first * columns, count), Math.min(Math.max(first, last) * columns, count)];
    },
    indexAt: (x, y) => {
      const column = Math.floor(x / pitchX);
      const row = Math.floor(y / pitchY);
      const index = row * columns + column;
      const isOutside = column < 0 || column >= columns || row < 0 || index >= count;
      return isOutside || x - column * pitchX >= tileWidth || y - row * pitchY >= pitchY - gap ? -1 : index;
    },
    scrollTo: (index, scrollTop, height) => {
      const top = Math.floor(index / columns) * pitchY;
      const bottom = top + labelHeight + mapHeight;
      return Math.min(Math.max(scrollTop, bottom - height), top);
    }
  };
}
