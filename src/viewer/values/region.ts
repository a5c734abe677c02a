/** Measures of a part of a map: a region of interest. */
import type { RegionOfInterest } from '../../state/view-state';

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
 * The cells (indices, row by row) of a map whose centres lie in a region; where
 * none does, the one cell that holds the middle of the region.
 */
export function cellsInside(region: RegionOfInterest, width: number, height: number): number[] {
  const cells: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (isInside(region, (column + 0.5) / width, (row + 0.5) / height)) {
        cells.push(row * width + column);
      }
    }
  }
  if (cells.length === 0) {
    const [x, y] = middle(region);
    const clamp = (at: number, n: number): number => Math.min(Math.max(Math.floor(at * n), 0), n - 1);
    cells.push(clamp(y, height) * width + clamp(x, width));
  }
  return cells;
}

function middle(region: RegionOfInterest): [number, number] {
  if (region.kind === 'rectangle') {
    return [(region.x0 + region.x1) / 2, (region.y0 + region.y1) / 2];
  }
  const count = region.points.length;
  return [
    region.points.reduce((sum, [x]) => sum + x, 0) / count,
    region.points.reduce((sum, [, y]) => sum + y, 0) / count
  ];
}

/** Measures a map (height, width) over a region. */
export function measureRegion(
  map: Float32Array,
  width: number,
  height: number,
  region: RegionOfInterest
): RegionMeasure {
  const values = cellsInside(region, width, height)
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
