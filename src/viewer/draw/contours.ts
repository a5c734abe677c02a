import { contours } from 'd3-contour';

/** The lines of one level, in relative coordinates: of the map as found here, of the image as drawn. */
export interface ContourLevel {
  level: number;
  lines: [x: number, y: number][][];
}

/** Samples along the longer side, at least, so that lines of a coarse map bend as its smooth picture does. */
const SAMPLES = 112;

/**
 * Contour lines of a map (height, width) at given levels, by marching squares
 * (d3-contour) over what is shown: bilinear with half-pixel centres, or true
 * cells, whose lines are the cells' edges. They end at the map's border.
 */
export function contourLines(
  map: Float32Array,
  width: number,
  height: number,
  levels: readonly number[],
  smooth: boolean
): ContourLevel[] {
  const factor = Math.max(1, Math.ceil(SAMPLES / Math.max(width, height)));
  const samples = resample(map, width, height, factor, smooth);
  const size: [number, number] = [width * factor + 2, height * factor + 2];
  const find = contours().size(size).smooth(smooth);
  return levels.map(level => ({
    level,
    lines: find.contour(samples, level).coordinates.flatMap(rings => rings.flatMap(ring => openAtBorder(ring, size)))
  }));
}

/** Levels that cut a range into equal parts: 1/(n+1), 2/(n+1), … of it. */
export function contourLevels(min: number, max: number, count: number): number[] {
  return max > min ? Array.from({ length: count }, (_, i) => min + ((i + 1) / (count + 1)) * (max - min)) : [];
}

/** The map drawn larger, with one more sample on each side, where d3-contour does not interpolate. */
function resample(map: Float32Array, width: number, height: number, factor: number, smooth: boolean): number[] {
  const samples: number[] = [];
  for (let row = -1; row <= height * factor; row++) {
    const y = smooth ? (row + 0.5) / factor - 0.5 : Math.floor(row / factor);
    for (let column = -1; column <= width * factor; column++) {
      const x = smooth ? (column + 0.5) / factor - 0.5 : Math.floor(column / factor);
      samples.push(bilinear(map, width, height, x, y));
    }
  }
  return samples;
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

/** Cuts a closed ring where it runs along the border, which is no contour, and makes it relative. */
function openAtBorder(ring: number[][], [columns, rows]: [number, number]): [number, number][][] {
  const onBorder = ([x, y]: number[]): boolean => x <= 0 || y <= 0 || x >= columns || y >= rows;
  const relative = (at: number, size: number): number => Math.min(Math.max((at - 1) / (size - 2), 0), 1);
  const lines: [number, number][][] = [];
  let line: [number, number][] = [];
  const close = (): void => {
    if (line.length > 1) {
      lines.push(line);
    }
    line = [];
  };
  for (const point of ring) {
    if (onBorder(point)) {
      close();
    } else {
      line.push([relative(point[0], columns), relative(point[1], rows)]);
    }
  }
  close();
  return lines;
}
