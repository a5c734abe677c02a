/** Means of the maps of many pictures, in the coordinates of the picture. */
import { type Grid, type Place, placed } from '../upsample';

/** A map as it was made, and where its cells lie on the picture. */
export interface LaidMap extends Grid {
  /** Row by row, finite. */
  values: Float32Array;
  place: Place;
}

/** How a map counts in a mean: as it is, or divided by its largest absolute value, so that each picture weighs alike. */
export type Weighing = 'as-is' | 'maximum';

/** The largest absolute value of a map's cells. */
const largestOf = ({ values }: Pick<LaidMap, 'values'>): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * Adds maps up. Laying a map on the picture is linear, so cells at the same places are added before the sum
 * is laid: of a model's layer, once for all pictures.
 */
export class MapSum {
  count = 0;
  /** Maps that are 0 everywhere. */
  flat = 0;

  add({ values, height, width, place }: LaidMap, weighing: Weighing): void {
    const largest = largestOf({ values });
    this.count++;
    this.flat += Number(largest === 0);
    const scale = weighing === 'as-is' ? 1 : largest > 0 ? 1 / largest : 0;
    const key = JSON.stringify([height, width, place]);
    const known = this.sums.get(key) ?? { height, width, place, count: 0, cells: new Float64Array(values.length) };
    known.count++;
    values.forEach((value, i) => (known.cells[i] += scale * value));
    this.sums.set(key, known);
  }

  /**
   * The mean (height, width) of what was added, laid bilinearly as the view lays a map; null of no maps. Each pixel's
   * is that of the maps that look there, NaN where none does.
   */
  mean(grid: Grid): Float32Array | null {
    if (this.count === 0) {
      return null;
    }
    const sum = new Float64Array(grid.height * grid.width);
    const counts = new Float64Array(sum.length);
    for (const { cells, height, width, place, count } of this.sums.values()) {
      placed(cells, { height, width }, grid, place, 'nothing').forEach((value, i) => {
        if (!Number.isNaN(value)) {
          sum[i] += value;
          counts[i] += count;
        }
      });
    }
    return Float32Array.from(sum, (value, i) => value / counts[i]);
  }

  private sums = new Map<string, Grid & { place: Place; count: number; cells: Float64Array }>();
}
