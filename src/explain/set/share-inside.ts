/** How much of a map lies in a part of the picture. */
import type { PixelMask } from '../names';
import { type Grid, placed } from '../upsample';
import type { LaidMap } from './map-sum';

/** A part of the picture: how much of each pixel of a grid lies in it, 0..1, row by row. */
export interface Part extends Grid {
  inside: Float32Array;
}

export interface ShareInside {
  /** Of the sum of the map's positive values; null where it has none. */
  share: number | null;
  /** Of what the map covers of the picture: the share of a map of equal values. */
  area: number;
  /**
   * The pointing game (Zhang et al., IJCV 2018) without the paper's tolerance: whether the map's highest pixel is
   * inside, of equal ones any. Null where the map is the same everywhere, or nothing of it is inside.
   */
  hit: boolean | null;
}

/** A pixel of which at least half is inside is inside. */
const HALF = 0.5;

/**
 * The share of a map inside a part of the picture: the map is laid on the part's grid bilinearly, as the view lays it,
 * and its positive values are added up. The energy-based pointing game of Score-CAM (Wang et al. 2020), for any part.
 */
export function shareInside(map: LaidMap, { inside, height, width }: Part): ShareInside {
  const values = placed(map.values, map, { height, width }, map.place, 'nothing');
  let [all, within, area, covered] = [0, 0, 0, 0];
  let [lowest, highest, highestInside] = [Infinity, -Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) {
      const value = Math.max(values[i], 0);
      all += value;
      within += value * inside[i];
      area += inside[i];
      covered++;
      lowest = Math.min(lowest, values[i]);
      highest = Math.max(highest, values[i]);
      highestInside = inside[i] >= HALF ? Math.max(highestInside, values[i]) : highestInside;
    }
  }
  const isSaid = lowest < highest && highestInside > -Infinity;
  return {
    share: all > 0 ? within / all : null,
    area: covered > 0 ? area / covered : 0,
    hit: isSaid ? highestInside === highest : null
  };
}

/** A mask laid over the whole picture: of each pixel of the grid, how much of it is inside. Null if its runs do not fill its shape. */
export function partOfMask({ shape: [rows, columns], runs }: PixelMask, { height, width }: Grid): Part | null {
  const sums = new Float64Array(height * width);
  let at = 0;
  // Run by run and row by row, not cell by cell: masks have millions.
  runs.forEach((length, i) => {
    const end = at + length;
    for (let from = at; i % 2 === 1 && from < end && from < rows * columns;) {
      const row = Math.floor(from / columns);
      const to = Math.min(end, (row + 1) * columns);
      const edges = [from - row * columns, to - row * columns];
      spread([row, row + 1], rows, height, (y, high) =>
        spread(edges, columns, width, (x, wide) => (sums[y * width + x] += high * wide))
      );
      from = to;
    }
    at = end;
  });
  // What adds up to a pixel may miss it by a rounding.
  return at === rows * columns ? { inside: Float32Array.from(sums), height, width } : null;
}

/** The pixels that a stretch of cells lies on, along an axis, each with the share of it that is covered. */
function spread(
  [from, to]: readonly number[],
  cells: number,
  pixels: number,
  take: (pixel: number, share: number) => void
): void {
  const [low, high] = [(from * pixels) / cells, (to * pixels) / cells];
  for (let pixel = Math.floor(low); pixel < Math.min(Math.ceil(high), pixels); pixel++) {
    take(pixel, Math.min(high, pixel + 1) - Math.max(low, pixel));
  }
}
