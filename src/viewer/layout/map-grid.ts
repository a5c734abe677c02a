/**
 * A map on its image: the one place that knows which part of the image a cell
 * is. A map need not cover all of the image, and may reach beyond it.
 */
import { type Cursor, type Region, type Viewport, WHOLE } from '../../state/places';
import { clampViewport } from './viewport';

/** The cells of a map, and the part of the image that they cover. */
export interface MapGrid {
  width: number;
  height: number;
  region: Region;
}

export interface Cell {
  row: number;
  column: number;
}

/** A place of the image in relative coordinates of a map on it; outside 0..1 beside the map. */
export const onMap = ({ u0, v0, u1, v1 }: Region, { x, y }: Cursor): Cursor => ({
  x: (x - u0) / (u1 - u0),
  y: (y - v0) / (v1 - v0)
});

/** The inverse of {@link onMap}. */
export const onImage = ({ u0, v0, u1, v1 }: Region, { x, y }: Cursor): Cursor => ({
  x: u0 + x * (u1 - u0),
  y: v0 + y * (v1 - v0)
});

/** The viewport of a pane that shows the map alone: as large, and the same place in the middle as far as there is map. */
export const viewportOnMap = (region: Region, viewport: Viewport): Viewport =>
  clampViewport({ ...onMap(region, viewport), zoom: viewport.zoom }, viewport.zoom);

/** The viewport of the image that shows what one of the map alone does. */
export const viewportOnImage = (region: Region, viewport: Viewport): Viewport =>
  clampViewport({ ...onImage(region, viewport), zoom: viewport.zoom }, viewport.zoom);

/** Number of cells of the map's width in the width of the image. */
export const cellsAcross = ({ width, region }: MapGrid): number => width / (region.u1 - region.u0);

/** The cell at a place of the image, or null beside the map. */
export function cellAt({ width, height, region }: MapGrid, place: Cursor): Cell | null {
  const { x, y } = onMap(region, place);
  return x >= 0 && x < 1 && y >= 0 && y < 1
    ? { row: Math.min(Math.floor(y * height), height - 1), column: Math.min(Math.floor(x * width), width - 1) }
    : null;
}

/** The part of the image that cells cover, from one up to another. */
export function regionOfCells({ width, height, region }: MapGrid, from: Cell, to = from): Region {
  const start = onImage(region, { x: from.column / width, y: from.row / height });
  const end = onImage(region, { x: (to.column + 1) / width, y: (to.row + 1) / height });
  return { u0: start.x, v0: start.y, u1: end.x, v1: end.y };
}

/** The intersection of two regions, of no width or height where they share nothing. */
export function intersection(a: Region, b: Region): Region {
  const [u0, v0] = [Math.max(a.u0, b.u0), Math.max(a.v0, b.v0)];
  return { u0, v0, u1: Math.max(Math.min(a.u1, b.u1), u0), v1: Math.max(Math.min(a.v1, b.v1), v0) };
}

/** The part of a region that lies in the image. */
export const inImage = (region: Region): Region => intersection(region, WHOLE);

/** The cells of which some part lies in a part of the image: first ones, and one past the last. */
export function cellsWithin(grid: MapGrid, part: Region): { from: Cell; end: Cell } {
  const { width, height, region } = grid;
  const start = onMap(region, { x: part.u0, y: part.v0 });
  const end = onMap(region, { x: part.u1, y: part.v1 });
  // Edges that rounding moved by less than a millionth of a cell are not passed.
  const first = (at: number, size: number): number => Math.min(Math.max(Math.floor(at * size + 1e-6), 0), size);
  const last = (at: number, size: number): number => Math.min(Math.max(Math.ceil(at * size - 1e-6), 0), size);
  return {
    from: { row: first(start.y, height), column: first(start.x, width) },
    end: { row: last(end.y, height), column: last(end.x, width) }
  };
}
