/** The pixels of an output that a target is about, for drawing them. */
import { type SpatialOutput } from '../../classes/spatial-output';
import { cellsOfMask, predictedCells, resampled } from '../../explain/pixels';
import type { PixelSet, RegionOfInterest } from '../../state/view-state';
import { cellsWithin, type MapGrid } from '../../viewer/layout/map-grid';

/** The chosen cells, 1 inside; null where all are, or what is chosen does not fit the output. */
export function chosenCells(
  pixels: PixelSet | undefined,
  index: number,
  { rows, columns, channels, values, ending }: SpatialOutput,
  input: readonly [number, number] | null
): Uint8Array | null {
  if (pixels === undefined || pixels === 'all') {
    return null;
  }
  if (pixels === 'predicted') {
    const of = { values, cells: rows * columns, classes: channels };
    return predictedCells(of, index, ending === 'sigmoid' ? 0.5 : null);
  }
  if ('runs' in pixels) {
    const isOf = (size: readonly number[] | null): boolean =>
      size !== null && size[0] === pixels.shape[0] && size[1] === pixels.shape[1];
    const cells = isOf([rows, columns]) || isOf(input) ? cellsOfMask(pixels) : null;
    return cells && resampled(cells, pixels.shape, [rows, columns]);
  }
  const [top, left, bottom, right] = pixels;
  return Uint8Array.from({ length: rows * columns }, (_, cell) => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    return Number(row >= top && row < bottom && column >= left && column < right);
  });
}

/** The cells that a rectangle over the picture touches; null without one, or where it touches none. */
export function rectangleOf(
  region: RegionOfInterest | null,
  grid: MapGrid
): readonly [number, number, number, number] | null {
  if (region?.kind !== 'rectangle') {
    return null;
  }
  const [u0, u1] = [region.x0, region.x1].sort((a, b) => a - b);
  const [v0, v1] = [region.y0, region.y1].sort((a, b) => a - b);
  const { from, end } = cellsWithin(grid, { u0, v0, u1, v1 });
  return end.row > from.row && end.column > from.column ? [from.row, from.column, end.row, end.column] : null;
}
