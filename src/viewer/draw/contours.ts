import { linesOfLevel, type Samples } from './marching-squares';

/** The lines of one level, in relative coordinates: of the map as found here, of the image as drawn. */
export interface ContourLevel {
  level: number;
  lines: [x: number, y: number][][];
}

/** Samples along the longer side, at least, so that lines of a coarse map bend as its smooth picture does. */
const SAMPLES = 112;

/** Cells along the longer side, at most: of larger maps means of neighbours are taken, as the screen shows no more. */
const MOST_CELLS = 512;

/**
 * Contour lines of a map (height, width) at given levels, by marching squares over what is shown: bilinear with
 * half-pixel centres, or true cells, whose lines are the cells' edges. They end at the map's border.
 */
export function contourLines(
  map: Float32Array,
  width: number,
  height: number,
  levels: readonly number[],
  smooth: boolean
): ContourLevel[] {
  const [columns, rows] = fewer(width, height);
  const cells = columns < width || rows < height ? means(map, width, height, columns, rows) : map;
  const factor = Math.max(1, Math.ceil(SAMPLES / Math.max(columns, rows)));
  const samples = resample(cells, columns, rows, factor, smooth);
  const relative = (at: number, size: number): number => Math.min(Math.max((at - 0.5) / (size - 2), 0), 1);
  return levels.map(level => ({
    level,
    lines: linesOfLevel(samples, level, smooth, (x, y) => [relative(x, samples.columns), relative(y, samples.rows)])
  }));
}

/** Levels that cut a range into equal parts: 1/(n+1), 2/(n+1), … of it. */
export function contourLevels(min: number, max: number, count: number): number[] {
  return max > min ? Array.from({ length: count }, (_, i) => min + ((i + 1) / (count + 1)) * (max - min)) : [];
}

/** Columns and rows for which lines are sought. */
function fewer(width: number, height: number): [number, number] {
  const share = Math.min(1, MOST_CELLS / Math.max(width, height));
  return [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
}

/** Means over nearly equal blocks of a map; NaN is left out of them. */
function means(map: Float32Array, width: number, height: number, columns: number, rows: number): Float32Array {
  const made = new Float32Array(columns * rows);
  const ends = (i: number, from: number, to: number): [number, number] => [
    Math.floor((i * from) / to),
    Math.floor(((i + 1) * from) / to)
  ];
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = ends(row, height, rows);
    for (let column = 0; column < columns; column++) {
      const [left, right] = ends(column, width, columns);
      let [sum, count] = [0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const value = map[y * width + x];
          if (!Number.isNaN(value)) {
            sum += value;
            count++;
          }
        }
      }
      made[row * columns + column] = sum / count;
    }
  }
  return made;
}

/** The map drawn larger, with one more sample on each side, so that lines reach its border. */
function resample(map: Float32Array, width: number, height: number, factor: number, smooth: boolean): Samples {
  const [columns, rows] = [width * factor + 2, height * factor + 2];
  const values = new Float32Array(columns * rows);
  for (let row = -1; row < rows - 1; row++) {
    const y = smooth ? (row + 0.5) / factor - 0.5 : Math.floor(row / factor);
    for (let column = -1; column < columns - 1; column++) {
      const x = smooth ? (column + 0.5) / factor - 0.5 : Math.floor(column / factor);
      values[(row + 1) * columns + column + 1] = bilinear(map, width, height, x, y);
    }
  }
  return { values, columns, rows };
}

/** The value at a place counted in cells, edges held; as in the shader, missing neighbours drop out. */
function bilinear(map: Float32Array, width: number, height: number, x: number, y: number): number {
  const clamp = (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  let sum = 0;
  let total = 0;
  for (let corner = 0; corner < 4; corner++) {
    const [i, j] = [left + (corner & 1), top + (corner >> 1)];
    const weight = (1 - Math.abs(x - i)) * (1 - Math.abs(y - j));
    const value = map[clamp(j, height) * width + clamp(i, width)];
    if (weight > 0 && !Number.isNaN(value)) {
      sum += weight * value;
      total += weight;
    }
  }
  return total > 0 ? sum / total : NaN;
}
