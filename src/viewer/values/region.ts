/** Measures of a part of a map: a region of interest. */
import type { Cursor, RegionOfInterest } from '../../state/places';
import { cellAt, type MapGrid, onImage } from '../layout/map-grid';

export interface RegionMeasure {
  /** Cells measured, NaN and infinities left out. */
  cells: number;
  mean: number;
  min: number;
  max: number;
  sum: number;
  /** The sum over that of the whole map; NaN where that is zero. */
  share: number;
}

/** True if a point of the image lies in a region; a lasso counts as filled, even-odd. */
export function isInside(region: RegionOfInterest, x: number, y: number): boolean {
  if (region.kind === 'rectangle') {
    return x >= region.x0 && x <= region.x1 && y >= region.y0 && y <= region.y1;
  }
  let inside = false;
  region.points.forEach(([ax, ay], i) => {
    const [bx, by] = region.points[(i + 1) % region.points.length];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) {
      inside = !inside;
    }
  });
  return inside;
}

/**
 * The cells (indices, row by row) of a map whose centres lie in a region of the
 * image; where none does, the one cell that holds the middle of the region, if
 * there is map at all.
 */
export function cellsInside(region: RegionOfInterest, grid: MapGrid): number[] {
  const { width, height } = grid;
  const cells: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const { x, y } = onImage(grid.region, { x: (column + 0.5) / width, y: (row + 0.5) / height });
      if (isInside(region, x, y)) {
        cells.push(row * width + column);
      }
    }
  }
  const inMiddle = cells.length === 0 ? cellAt(grid, middle(region)) : null;
  return inMiddle ? [inMiddle.row * width + inMiddle.column] : cells;
}

function middle(region: RegionOfInterest): Cursor {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const points =
    region.kind === 'lasso'
      ? region.points
      : ([
          [region.x0, region.y0],
          [region.x1, region.y1]
        ] as const);
  // A region at the very edge has the image's last place in its middle.
  const inside = (at: number): number => Math.min(at, 1 - Number.EPSILON);
  return { x: inside(mean(points.map(([x]) => x))), y: inside(mean(points.map(([, y]) => y))) };
}

/** Measures a map (height, width) over a region of the image. */
export function measureRegion(map: Float32Array, grid: MapGrid, region: RegionOfInterest): RegionMeasure {
  const values = cellsInside(region, grid)
    .map(cell => map[cell])
    .filter(Number.isFinite);
  const add = (sum: number, value: number): number => sum + value;
  const sum = values.reduce(add, 0);
  const total = map.reduce((all, value) => (Number.isFinite(value) ? all + value : all), 0);
  return {
    cells: values.length,
    mean: values.length > 0 ? sum / values.length : NaN,
    min: values.length > 0 ? Math.min(...values) : NaN,
    max: values.length > 0 ? Math.max(...values) : NaN,
    sum,
    share: total === 0 ? NaN : sum / total
  };
}
