/**
 * Maps that are nothing but rounding: where what the channels add to a map cancels, a sum of float32 numbers is
 * not zero but some multiple of its own rounding error, and drawn over its own range it looks like any other map.
 */
import { type Message, message } from '../messages/message';
import type { ChannelParts, MapSize } from './method';

/** Rounding error of a sum, as a part of the sum of its terms' sizes: eight times float32's. */
export const ROUNDING = 8 * 2 ** -23;

/** True if no value of a map can be told from zero; `scale`: see {@link scaleOf}. */
export const isRounding = (highest: number, scale: number): boolean => highest > 0 && highest < ROUNDING * scale;

/** What a map's values are to be measured by: the largest sum over channels, of all cells, of the parts' sizes. */
export function scaleOf(part: ReturnType<ChannelParts>, size: MapSize): number {
  let largest = 0;
  for (let cell = 0, at = 0; cell < size.height * size.width; cell++) {
    let sum = 0;
    for (let k = 0; k < size.channels; k++, at++) {
      sum += Math.abs(part(at, k));
    }
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** The parts of Grad-CAM by their size, where a weight is measured by what it is the mean of: that may cancel too. */
export const gradCamSizes: ChannelParts = (activation, gradient, size) => {
  const sums = new Float64Array(size.channels);
  gradient.forEach((value, at) => (sums[at % size.channels] += Math.abs(value)));
  const cells = size.height * size.width;
  return (at, k) => (sums[k] / cells) * activation[at];
};

/** @param noise - The samples of which there is nothing else, in order. */
export const onlyRounding = (layer: string, noise: readonly number[], samples = 1): Message =>
  samples > 1
    ? message(
        '%1: what the channels add to the map cancels in image %2. What is left is below the rounding error of float32, and is drawn as zero.',
        layer,
        noise.map(i => i + 1).join(', ')
      )
    : message(
        '%1: what the channels add to the map cancels. What is left is below the rounding error of float32, and is drawn as zero.',
        layer
      );
