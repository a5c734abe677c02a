/** Walking from cell to cell with arrow keys. */
import { type Cursor, type RegionOfInterest, type Viewport, WHOLE } from '../../state/places';
import { type Cell, cellAt, cellsWithin, inImage, type MapGrid, regionOfCells } from '../../viewer/layout/map-grid';
import { clampViewport, type Pane, visibleRegion } from '../../viewer/layout/viewport';

/** Fewer cells than this in a direction are walked one by one; finer maps in steps of a part of the image. */
const MAX_STEPS = 64;

/** The centre of the cell beside the cursor's, as far as it lies in the image; of the middle one where there is no cursor. */
export function walk(grid: MapGrid, cursor: Cursor | null, dx: number, dy: number): Cursor {
  const { from, end } = cellsWithin(grid, WHOLE);
  const step = (size: number): number => Math.max(1, Math.round(size / MAX_STEPS));
  const cell = cursor && cellAt(grid, cursor);
  const move = (at: number | undefined, by: number, first: number, last: number): number =>
    at === undefined
      ? Math.floor((first + last) / 2)
      : Math.min(Math.max(at + by * step(last - first), first), last - 1);
  const { u0, v0, u1, v1 } = inImage(
    regionOfCells(grid, {
      row: move(cell?.row, dy, from.row, end.row),
      column: move(cell?.column, dx, from.column, end.column)
    })
  );
  return { x: (u0 + u1) / 2, y: (v0 + v1) / 2 };
}

/** The rectangle of all cells from one to another. */
export function spanned(grid: MapGrid, a: Cursor, b: Cursor): RegionOfInterest {
  const cells = [a, b].map(place => cellAt(grid, place) ?? { row: 0, column: 0 });
  const corner = (of: (...values: number[]) => number): Cell => ({
    row: of(...cells.map(({ row }) => row)),
    column: of(...cells.map(({ column }) => column))
  });
  const { u0, v0, u1, v1 } = inImage(regionOfCells(grid, corner(Math.min), corner(Math.max)));
  return { kind: 'rectangle', x0: u0, y0: v0, x1: u1, y1: v1 };
}

/** The viewport moved as little as it takes to show a place. */
export function keepInSight(cursor: Cursor, viewport: Viewport, pane: Pane, largest: number): Viewport {
  const seen = visibleRegion(viewport, pane);
  const shift = (at: number, from: number, to: number): number => (at < from ? at - from : at > to ? at - to : 0);
  return clampViewport(
    {
      ...viewport,
      x: viewport.x + shift(cursor.x, seen.u0, seen.u1),
      y: viewport.y + shift(cursor.y, seen.v0, seen.v1)
    },
    largest
  );
}
