/**
 * ROAD, "remove and debias": Rong et al., "A Consistent and Efficient Evaluation Strategy for Attribution Methods",
 * ICML 2022. Pixels that a map ranks highest, or lowest, are replaced by what their neighbours say (noisy linear
 * imputation, appendix C), so that the shape of what was removed tells the model nothing, as black pixels would.
 */
import { message, MessageError } from '../../messages/message';
import type { MapSize } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { gaussian } from '../noise';
import { ranked } from './ranking';

export interface RoadSettings {
  /** Standard deviation of the noise that is added, on the scale of the model's input (default 0.01, as the authors'). */
  noise?: number;
  /** Of the noise (default 1). */
  seed?: number;
}

export interface Road {
  /** The score without the share of the pixels that the map ranks highest (most relevant first). */
  most: number[];
  /** The same of those that it ranks lowest. */
  least: number[];
  /** Half the mean of the second less the first, as pytorch-grad-cam's `ROADCombined`: the larger, the better. */
  combined: number;
}

export const ROAD_FRACTIONS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Neighbours by row and column, those beside each other count twice. */
const NEIGHBOURS = [-1, 0, 1].flatMap(row =>
  [-1, 0, 1].flatMap(column => (row || column ? [{ row, column, weight: row && column ? 1 / 12 : 1 / 6 }] : []))
);

/** The residual, relative to the right-hand side's, at which a solution is taken: below float32. */
const PRECISION = 1e-9;

/** For each map, the scores of the picture without more and more pixels. `picture`: one sample, of `size`. */
export async function road(
  picture: Float32Array,
  size: MapSize,
  maps: readonly ArrayLike<number>[],
  probe: ModelProbe,
  { noise = 0.01, seed = 1 }: RoadSettings = {}
): Promise<Road[]> {
  const pixels = size.height * size.width;
  const shares = ROAD_FRACTIONS.length;
  const orders = maps.map(ranked).flatMap(order => [order, order.slice().reverse()]);
  const scores = new Float64Array(orders.length * shares);
  probe.progress(0, scores.length);
  await inBatches(
    probe,
    scores.length,
    picture.length,
    (i, copy) => {
      const removed = orders[Math.floor(i / shares)].subarray(0, Math.round(ROAD_FRACTIONS[i % shares] * pixels));
      copy.set(imputed(picture, size, removed));
      // The same noise for each map: they are compared.
      const next = gaussian(seed + (i % shares));
      for (const pixel of removed) {
        for (let channel = 0; noise > 0 && channel < size.channels; channel++) {
          copy[pixel * size.channels + channel] += noise * next();
        }
      }
    },
    (pictures, count) => probe.scores(pictures, count),
    (found, first) => scores.set(found, first)
  );
  const row = (at: number): number[] => Array.from(scores.subarray(at * shares, (at + 1) * shares));
  return maps.map((_, i) => {
    const [most, least] = [row(2 * i), row(2 * i + 1)];
    return { most, least, combined: least.reduce((sum, score, at) => sum + score - most[at], 0) / (2 * shares) };
  });
}

/**
 * The picture with some pixels replaced by the weighted means of their neighbours, each within its own slice. Those
 * are in part replaced themselves: a system of equations, symmetric and positive, solved by conjugate gradients.
 *
 * @param removed - Not all pixels of a slice.
 * @throws MessageError where a slice has no pixel left
 */
export function imputed(picture: Float32Array, size: MapSize, removed: Uint32Array): Float32Array {
  const { height, width, channels, slices = 1 } = size;
  const rows = height / slices;
  const unknownAt = new Int32Array(height * width).fill(-1);
  removed.forEach((pixel, i) => (unknownAt[pixel] = i));
  const count = removed.length;
  const ofSlice = new Int32Array(slices);
  removed.forEach(pixel => ofSlice[Math.floor(pixel / (rows * width))]++);
  if (ofSlice.some(all => all === rows * width)) {
    throw new MessageError(
      slices > 1
        ? message('ROAD fills what it removes from its neighbours, but this map’s order leaves a slice without any.')
        : message(
            'ROAD fills what it removes from its neighbours, but an input of %1 cells has none left.',
            rows * width
          )
    );
  }
  const diagonal = new Float64Array(count);
  /** Of each unknown, its neighbours: their index among the unknowns, or -1. */
  const near = new Int32Array(count * NEIGHBOURS.length).fill(-1);
  const known = new Float64Array(count * channels);
  removed.forEach((pixel, i) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const top = row - (row % rows);
    NEIGHBOURS.forEach((to, n) => {
      const [y, x] = [row + to.row, column + to.column];
      if (y < top || y >= top + rows || x < 0 || x >= width) {
        return;
      }
      diagonal[i] += to.weight;
      const other = y * width + x;
      near[i * NEIGHBOURS.length + n] = unknownAt[other];
      for (let channel = 0; unknownAt[other] < 0 && channel < channels; channel++) {
        known[channel * count + i] += to.weight * picture[other * channels + channel];
      }
    });
  });
  const result = picture.slice();
  for (let channel = 0; channel < channels; channel++) {
    const values = solved(diagonal, near, known.subarray(channel * count, (channel + 1) * count));
    removed.forEach((pixel, i) => (result[pixel * channels + channel] = values[i]));
  }
  return result;
}

/** Conjugate gradients (Hestenes and Stiefel 1952), scaled by the diagonal. */
function solved(diagonal: Float64Array, near: Int32Array, right: Float64Array): Float64Array {
  const count = right.length;
  const values = new Float64Array(count);
  const rest = right.slice();
  const scaled = rest.map((value, i) => value / diagonal[i]);
  const direction = scaled.slice();
  const product = new Float64Array(count);
  let size = dot(rest, scaled);
  const enough = size * PRECISION ** 2;
  for (let step = 0; step < 4 * count && size > enough; step++) {
    for (let i = 0, at = 0; i < count; i++) {
      let sum = diagonal[i] * direction[i];
      for (let n = 0; n < NEIGHBOURS.length; n++, at++) {
        if (near[at] >= 0) {
          sum -= NEIGHBOURS[n].weight * direction[near[at]];
        }
      }
      product[i] = sum;
    }
    const length = size / dot(direction, product);
    for (let i = 0; i < count; i++) {
      values[i] += length * direction[i];
      rest[i] -= length * product[i];
      scaled[i] = rest[i] / diagonal[i];
    }
    const next = dot(rest, scaled);
    const keep = next / size;
    for (let i = 0; i < count; i++) {
      direction[i] = scaled[i] + keep * direction[i];
    }
    size = next;
  }
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i] * b[i];
  }
  return sum;
}
