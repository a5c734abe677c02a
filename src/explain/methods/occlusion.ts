/**
 * Occlusion: Zeiler and Fergus, "Visualizing and Understanding Convolutional
 * Networks", ECCV 2014, section 4.2: a patch of one value slides over the input;
 * each pixel gets the mean, over the patches that cover it, of how much the
 * score fell. Signed. Patches lie as in captum's `Occlusion`: from the top left
 * in steps of `stride`, the last ones cut at the edge. In a volume, patches are
 * blocks of several slices.
 *
 * The patches are tried from coarse to fine: every eighth along each axis, then every
 * fourth, second, and the rest. The map is the same as in any order.
 *
 * Where no score differs from the whole picture's by more than scores of that size are rounded, the map is zero.
 */
import type { MapSize } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { isRounding } from '../rounding';

/** First pixels of the patches along an axis. */
function starts(length: number, patch: number, stride: number): number[] {
  const count = 1 + Math.ceil(Math.max(length - patch, 0) / stride);
  return Array.from({ length: count }, (_, i) => i * stride);
}

/** Steps between the patches that are tried first, then next, along each axis. */
const LEVELS = [8, 4, 2, 1];

/** The coarsest level that has a place along every axis. */
const levelOf = (place: readonly number[]): number =>
  LEVELS.findIndex(step => place.every(index => index % step === 0));

/**
 * @param picture - The model's input, one sample, (height, width, channels).
 * @param soFar - Called after each batch from the coarsest level on with what makes a map of the patches
 *   tried so far: one not tried yet is taken for the nearest before it that was.
 */
export async function occlusion(
  picture: Float32Array,
  { height: allRows, width, channels, slices = 1 }: MapSize,
  probe: ModelProbe,
  settings: { patch?: number; stride?: number; baseline?: number } = {},
  soFar?: (map: () => Float32Array) => void
): Promise<Float32Array> {
  const height = allRows / slices;
  const eighth = (length: number): number => Math.max(Math.round(length / 8), 1);
  const half = (length: number): number => Math.max(Math.floor(length / 2), 1);
  const patch = settings.patch ?? eighth(Math.max(height, width));
  const stride = settings.stride ?? half(patch);
  const depth = eighth(slices);
  const axes = [starts(slices, depth, half(depth)), starts(height, patch, stride), starts(width, patch, stride)];
  const places = axes[0].flatMap((_, i) => axes[1].flatMap((_, j) => axes[2].map((_, k) => [i, j, k])));
  const corners = places.map(place => place.map((index, axis) => axes[axis][index]));
  const order = Array.from(places.keys()).sort((a, b) => levelOf(places[a]) - levelOf(places[b]));
  const coarsest = places.filter(place => levelOf(place) === 0).length;
  const cellsOf = ([front, top, left]: number[], visit: (cell: number) => void) => {
    for (let z = front; z < Math.min(front + depth, slices); z++) {
      for (let y = top; y < Math.min(top + patch, height); y++) {
        for (let x = left; x < Math.min(left + patch, width); x++) {
          visit((z * height + y) * width + x);
        }
      }
    }
  };
  const [whole] = await probe.scores(picture, 1);
  const falls = new Float64Array(corners.length).fill(NaN);
  let scale = Math.abs(whole);
  const mapOf = (fallAt: (patch: number) => number): Float32Array => {
    const sums = new Float64Array(allRows * width);
    const counts = new Float64Array(allRows * width);
    corners.forEach((corner, i) => {
      const fall = fallAt(i);
      cellsOf(corner, cell => {
        sums[cell] += fall;
        counts[cell]++;
      });
    });
    // Strides longer than the patch leave pixels that no patch covers: they lost nothing.
    return Float32Array.from(sums, (sum, cell) => (counts[cell] > 0 ? sum / counts[cell] : 0));
  };
  const indexOf = ([i, j, k]: readonly number[]): number => (i * axes[1].length + j) * axes[2].length + k;
  const nearest = (patch: number): number => {
    const known = [...LEVELS].reverse().map(step => indexOf(places[patch].map(index => index - (index % step))));
    return falls[known.find(other => !Number.isNaN(falls[other])) ?? patch];
  };
  await inBatches(
    probe,
    corners.length,
    picture.length,
    (i, copy) => {
      copy.set(picture);
      cellsOf(corners[order[i]], cell => copy.fill(settings.baseline ?? 0, cell * channels, (cell + 1) * channels));
    },
    (pictures, count) => probe.scores(pictures, count),
    (found, first, count) => {
      found.forEach((score, i) => {
        falls[order[first + i]] = whole - score;
        scale = Math.max(scale, Math.abs(score));
      });
      if (first + count >= coarsest && first + count < order.length) {
        soFar?.(() => mapOf(nearest));
      }
    }
  );
  const highest = falls.reduce((most, fall) => Math.max(most, Math.abs(fall)), 0);
  return mapOf(isRounding(highest, scale) ? () => 0 : patch => falls[patch]);
}
