/**
 * Score-CAM: Wang et al., "Score-CAM: Score-Weighted Visual Explanations for
 * Convolutional Neural Networks", CVPR workshop 2020, algorithm 1: each channel,
 * enlarged and normalised to 0..1, masks the input; the scores of the masked
 * inputs, by softmax over the channels, weigh the channels:
 * ReLU(sum_k softmax(s)_k A_k). Enlarging (bilinear, corners aligned) and the
 * 1e-8 of the normalisation are pytorch-grad-cam's. Volumes are enlarged along the slices too.
 *
 * With more than `channels` channels, those that vary most over the image are
 * taken (Faster Score-CAM, github.com/tabayashi0117/Score-CAM).
 */
import { type MapSize, summedOverChannels } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { upsampleSlices } from '../upsample';

const EPSILON = 1e-8;
export const MOST_CHANNELS = 128;

/** The map, from weights that {@link scoreCamWeights} gave. */
export function scoreCam(activation: Float32Array, layer: MapSize, weights: Float32Array): Float32Array {
  return summedOverChannels(layer, (at, channel) => weights[channel] * activation[at]);
}

/**
 * Weights of the layer's channels.
 *
 * @param picture - The model's input, one sample, of size `input`.
 * @param activation - Of the layer for it, of size `layer`.
 * @returns One weight a channel, 0..1, summing to 1; 0 for channels that were not taken.
 */
export async function scoreCamWeights(
  picture: Float32Array,
  input: MapSize,
  activation: Float32Array,
  layer: MapSize,
  probe: ModelProbe,
  { channels = MOST_CHANNELS }: { channels?: number } = {}
): Promise<Float32Array> {
  const cells = layer.height * layer.width;
  const plane = (k: number) => Float32Array.from({ length: cells }, (_, cell) => activation[cell * layer.channels + k]);
  const chosen = mostVaried(
    Array.from({ length: layer.channels }, (_, k) => k),
    channels,
    k => variance(plane(k))
  );
  const scores = new Float64Array(chosen.length);
  await inBatches(
    probe,
    chosen.length,
    picture.length,
    (i, masked) => {
      const mask = upsampleSlices(plane(chosen[i]), layer, input, 'corner-aligned');
      const [low, high] = mask.reduce(
        ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
        [Infinity, -Infinity]
      );
      picture.forEach(
        (value, at) => (masked[at] = (value * (mask[Math.floor(at / input.channels)] - low)) / (high - low + EPSILON))
      );
    },
    async (pictures, first, count) => scores.set(await probe.scores(pictures, count), first)
  );
  const weights = new Float32Array(layer.channels);
  softmax(scores).forEach((weight, i) => (weights[chosen[i]] = weight));
  return weights;
}

function mostVaried(all: number[], most: number, spread: (k: number) => number): number[] {
  if (all.length <= most) {
    return all;
  }
  const spreads = all.map(spread);
  return [...all].sort((a, b) => spreads[b] - spreads[a]).slice(0, most);
}

function variance(values: Float32Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function softmax(values: Float64Array): Float64Array {
  const highest = Math.max(...values);
  const powers = values.map(value => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map(power => power / sum);
}
