/**
 * Score-CAM: Wang et al., "Score-CAM: Score-Weighted Visual Explanations for
 * Convolutional Neural Networks", CVPR workshop 2020, algorithm 1: each channel,
 * enlarged and normalised to 0..1, masks the input; the scores of the masked
 * inputs, by softmax over the channels, weigh the channels:
 * ReLU(sum_k softmax(s)_k A_k). Enlarging (bilinear, corners aligned) and the
 * 1e-8 of the normalisation are pytorch-grad-cam's. Volumes are enlarged along the slices too.
 * Where a layer's cells do not look at all of the input, as behind a crop, its masks are laid
 * where they look: enlarged over all of it they would hide other pixels than the layer saw.
 *
 * With more than `channels` channels, those that vary most over the image are
 * taken (Faster Score-CAM, github.com/tabayashi0117/Score-CAM). They are tried in that
 * order, so that what is known so far is the map of Faster Score-CAM with fewer channels.
 */
import { extremes } from '../extremes';
import { type MapSize, summedOverChannels } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { type Place, placed, upsampleSlices } from '../upsample';

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
 * @param soFar - Called after each batch but the last with what makes the weights of the channels tried so far.
 * @param place - Where the layer's cells look; null: over all of the input.
 * @returns One weight a channel, 0..1, summing to 1; 0 for channels that were not taken.
 */
export async function scoreCamWeights(
  picture: Float32Array,
  input: MapSize,
  activation: Float32Array,
  layer: MapSize,
  probe: ModelProbe,
  { channels = MOST_CHANNELS }: { channels?: number } = {},
  soFar?: (weights: () => Float32Array) => void,
  place: Place | null = null
): Promise<Float32Array> {
  const cells = layer.height * layer.width;
  const plane = (k: number) => Float32Array.from({ length: cells }, (_, cell) => activation[cell * layer.channels + k]);
  const spreads = Array.from({ length: layer.channels }, (_, k) => variance(plane(k)));
  const tried = Array.from(spreads.keys())
    .sort((a, b) => spreads[b] - spreads[a])
    .slice(0, channels);
  const scores = new Map<number, number>();
  const weights = (): Float32Array => {
    // Where all are tried: in the layer's order, whatever the order of trying.
    const known = (tried.length < layer.channels ? tried : [...spreads.keys()]).filter(k => scores.has(k));
    const found = new Float32Array(layer.channels);
    softmax(Float64Array.from(known, k => scores.get(k) ?? NaN)).forEach((weight, i) => (found[known[i]] = weight));
    return found;
  };
  await inBatches(
    probe,
    tried.length,
    picture.length,
    (i, masked) => {
      const mask = place
        ? placed(plane(tried[i]), layer, input, place)
        : upsampleSlices(plane(tried[i]), layer, input, 'corner-aligned');
      const [low, high] = extremes(mask);
      picture.forEach(
        (value, at) => (masked[at] = (value * (mask[Math.floor(at / input.channels)] - low)) / (high - low + EPSILON))
      );
    },
    (pictures, count) => probe.scores(pictures, count),
    (found, first, count) => {
      found.forEach((score, i) => scores.set(tried[first + i], score));
      if (first + count < tried.length) {
        soFar?.(weights);
      }
    }
  );
  return weights();
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
