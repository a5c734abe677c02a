/** Means and shares of many maps, found on the page's own thread in short goes. */
import { MapSum, type Weighing } from '../../explain/set/map-sum';
import { type ShareInside, shareInside } from '../../explain/set/share-inside';
import type { Grid } from '../../explain/upsample';
import { Breath } from './breath';
import type { PartOf } from './parts';
import type { SetMap } from './set-maps';

/** The mean of some maps, and how many they are. */
export interface MeanMap extends Grid {
  /** (height, width), row by row. */
  values: Float32Array;
  count: number;
  /** Maps among them that are 0 everywhere. */
  flat: number;
}

/** The grid of means: the model's input; where pictures are fed in several sizes, the largest of each side. */
export function commonGrid(maps: Iterable<Pick<SetMap, 'input'>>): Grid {
  const grid = { height: 0, width: 0 };
  for (const { input } of maps) {
    grid.height = Math.max(grid.height, input.height);
    grid.width = Math.max(grid.width, input.width);
  }
  return grid;
}

/** The mean of maps on a grid; null of none, or once `signal` is aborted. */
export async function meanOf(
  maps: readonly SetMap[],
  weighing: Weighing,
  grid: Grid,
  signal: AbortSignal
): Promise<MeanMap | null> {
  const breath = new Breath();
  const sum = new MapSum();
  for (const map of maps) {
    sum.add(map, weighing);
    if (!(await breath.take(signal))) {
      return null;
    }
  }
  const values = sum.mean(grid);
  return values && { values, ...grid, count: sum.count, flat: sum.flat };
}

/** By image, the share of its map inside its part, on the grid of its input; null once `signal` is aborted. */
export async function sharesOf(
  maps: ReadonlyMap<number, SetMap>,
  partOf: PartOf,
  signal: AbortSignal
): Promise<Map<number, ShareInside> | null> {
  const breath = new Breath();
  const shares = new Map<number, ShareInside>();
  for (const [image, map] of maps) {
    const part = partOf(image, map.input);
    if (part) {
      shares.set(image, shareInside(map, part));
    }
    if (!(await breath.take(signal))) {
      return null;
    }
  }
  return shares;
}
