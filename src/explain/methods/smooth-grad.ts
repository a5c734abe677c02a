/**
 * SmoothGrad: Smilkov et al., "SmoothGrad: removing noise by adding noise",
 * 2017: the mean over noisy copies of the input of its sensitivity map; that is
 * |gradient| here, followed by the maximum over channels, as in tf-keras-vis.
 * The noise is normal with a standard deviation of `noise` times the input's
 * range, and the same for the same seed.
 */
import { extremes } from '../extremes';
import type { MapSize } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { gaussian } from '../noise';
import { saliency } from './saliency';

/** @param picture - The model's input, one sample, (height, width, channels). */
export async function smoothGrad(
  picture: Float32Array,
  size: MapSize,
  probe: ModelProbe,
  { samples = 25, noise = 0.2, seed = 1 }: { samples?: number; noise?: number; seed?: number } = {}
): Promise<Float32Array> {
  const [low, high] = extremes(picture);
  const sigma = noise * (high - low);
  const next = gaussian(seed);
  const sums = new Float64Array(picture.length);
  await inBatches(
    probe,
    samples,
    picture.length,
    (_, copy) => picture.forEach((value, at) => (copy[at] = value + sigma * next())),
    (pictures, count) => probe.gradients(pictures, count),
    gradients => gradients.forEach((g, at) => (sums[at % picture.length] += Math.abs(g) / samples))
  );
  return saliency(sums, size);
}
