/** Shapes over the map's pane. */
import type { Cursor, Region, RegionOfInterest } from '../../state/places';
import type { Outline } from '../../viewer/draw/draw-outlines';
import { cellAt, inImage, type MapGrid, regionOfCells } from '../../viewer/layout/map-grid';

export const outlineOf = ({ u0, v0, u1, v1 }: Region, dashed: boolean): Outline => ({
  points: [
    [u0, v0],
    [u1, v0],
    [u1, v1],
    [u0, v1]
  ],
  dashed
});

/** Corners of the circle that shows a brush. */
const CORNERS = 32;

/** A brush at a place, by its radii in shares of the image. */
export const circle = ({ x, y }: Cursor, rx: number, ry: number, dashed: boolean): Outline => ({
  points: Array.from({ length: CORNERS }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / CORNERS;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  }),
  dashed
});

/** The cell at a place, as far as it lies in the image. */
export function cellOutline(grid: MapGrid, cursor: Cursor): Outline | null {
  const cell = cellAt(grid, cursor);
  return cell && outlineOf(inImage(regionOfCells(grid, cell)), false);
}

export function regionOutline(region: RegionOfInterest): Outline {
  if (region.kind === 'lasso') {
    return { points: region.points, dashed: false };
  }
  const { x0, y0, x1, y1 } = region;
  return outlineOf({ u0: x0, v0: y0, u1: x1, v1: y1 }, false);
}
