/**
 * Occlusion: Zeiler and Fergus, "Visualizing and Understanding Convolutional
 * Networks", ECCV 2014, section 4.2: a patch of one value slides over the input;
 * each pixel gets the mean, over the patches that cover it, of how much the
 * score fell. Signed. Patches lie as in captum's `Occlusion`: from the top left
 * in steps of `stride`, the last ones cut at the edge. In a volume, patches are
 * blocks of several slices.
 */
import type { MapSize } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';

/** First pixels of the patches along an axis. */
function starts(length: number, patch: number, stride: number): number[] {
  const count = 1 + Math.ceil(Math.max(length - patch, 0) / stride);
  return Array.from({ length: count }, (_, i) => i * stride);
}

/** @param picture - The model's input, one sample, (height, width, channels). */
export async function occlusion(
  picture: Float32Array,
  { height: allRows, width, channels, slices = 1 }: MapSize,
  probe: ModelProbe,
  settings: { patch?: number; stride?: number; baseline?: number } = {}
): Promise<Float32Array> {
  const height = allRows / slices;
  const eighth = (length: number): number => Math.max(Math.round(length / 8), 1);
  const half = (length: number): number => Math.max(Math.floor(length / 2), 1);
  const patch = settings.patch ?? eighth(Math.max(height, width));
  const stride = settings.stride ?? half(patch);
  const depth = eighth(slices);
  const corners = starts(slices, depth, half(depth)).flatMap(front =>
    starts(height, patch, stride).flatMap(top => starts(width, patch, stride).map(left => [front, top, left]))
  );
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
  const sums = new Float64Array(allRows * width);
  const counts = new Float64Array(allRows * width);
  await inBatches(
    probe,
    corners.length,
    picture.length,
    (i, copy) => {
      copy.set(picture);
      cellsOf(corners[i], cell => copy.fill(settings.baseline ?? 0, cell * channels, (cell + 1) * channels));
    },
    async (pictures, first, count) => {
      (await probe.scores(pictures, count)).forEach((score, i) =>
        cellsOf(corners[first + i], cell => {
          sums[cell] += whole - score;
          counts[cell]++;
        })
      );
    }
  );
  // Strides longer than the patch leave pixels that no patch covers: they lost nothing.
  return Float32Array.from(sums, (sum, cell) => (counts[cell] > 0 ? sum / counts[cell] : 0));
}
