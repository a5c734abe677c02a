/** Measures of a part of a map: a region of interest. */
import type { Cursor, RegionOfInterest } from '../../state/places';
import { cellAt, type MapGrid, onImage } from '../layout/map-grid';
import { minMax } from './statistics';

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

/** Places that are nearer are the same. */
const NEAR = 1e-9;

/**
 * Where a horizontal line runs in a region, from x to x; a lasso counts as filled, even-odd. Edges count:
 * by keys, a region's corners are middles of cells.
 */
export function spansAt(region: RegionOfInterest, y: number): [number, number][] {
  if (region.kind === 'rectangle') {
    return y >= region.y0 && y <= region.y1 ? [[region.x0, region.x1]] : [];
  }
  const { points } = region;
  const crossings: number[] = [];
  const spans: [number, number][] = [];
  points.forEach(([ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length];
    if (ay > y !== by > y) {
      crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    }
    if (Math.abs(ay - y) < NEAR) {
      const to = Math.abs(by - y) < NEAR ? bx : ax;
      spans.push([Math.min(ax, to), Math.max(ax, to)]);
    }
  });
  crossings.sort((a, b) => a - b);
  for (let i = 0; i < crossings.length; i += 2) {
    spans.push([crossings[i], crossings[i + 1]]);
  }
  return spans;
}

/** True if a place lies in one of the spans. */
export const isWithin = (spans: readonly [number, number][], x: number): boolean =>
  spans.some(([from, to]) => x >= from - NEAR && x <= to + NEAR);

/**
 * The cells (indices, row by row) of a map whose centres lie in a region of the
 * image; where none does, the one cell that holds the middle of the region, if
 * there is map at all.
 */
export function cellsInside(region: RegionOfInterest, grid: MapGrid): number[] {
  const { width, height } = grid;
  const cells: number[] = [];
  for (let row = 0; row < height; row++) {
    const spans = spansAt(region, onImage(grid.region, { x: 0, y: (row + 0.5) / height }).y);
    for (let column = 0; column < width; column++) {
      if (isWithin(spans, onImage(grid.region, { x: (column + 0.5) / width, y: 0 }).x)) {
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
  const [min, max] = values.length > 0 ? minMax(Float32Array.from(values)) : [NaN, NaN];
  const total = map.reduce((all, value) => (Number.isFinite(value) ? all + value : all), 0);
  return {
    cells: values.length,
    mean: values.length > 0 ? sum / values.length : NaN,
    min,
    max,
    sum,
    share: total === 0 ? NaN : sum / total
  };
}
