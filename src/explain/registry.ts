/** Gradient-weighed class activation maps by name. */
import { message, MessageError } from '../messages/message';
import { PARTS } from './contributions';
import { type MapSize, shapeOfMaps, summedOverChannels } from './method';
import type { GradientCamName } from './names';
import { gradCamSizes, isRounding, scaleOf } from './rounding';

export interface Explanation {
  /** Raw maps, (n, h, w), or of a volume (n, slices, h, w). */
  shape: number[];
  data: Float32Array;
  /** Samples whose map has no positive value. */
  empty: number[];
  /** Those of them whose values were nothing but rounding. */
  noise: number[];
}

/**
 * The size of one sample of a layer's output, (n, h, w, c), or (n, w, c), which
 * is taken as one row, or (n, slices, h, w, c).
 *
 * @throws MessageError if the layer has no spatial axes.
 */
export function sizeOf(shape: readonly number[]): MapSize {
  const [width, channels] = shape.slice(-2);
  switch (shape.length) {
    case 3:
      return { height: 1, width, channels };
    case 4:
      return { height: shape[1], width, channels };
    case 5:
      return { height: shape[1] * shape[2], width, channels, slices: shape[1] };
    default:
      throw new MessageError(message('shape (%1) has no image axes', shape.join(', ')));
  }
}

/**
 * The map of each sample. `shape` is the layer's; see {@link sizeOf}.
 *
 * @throws MessageError if the layer has no spatial axes.
 */
export function explain(
  method: GradientCamName,
  activation: Float32Array,
  gradient: Float32Array,
  shape: number[]
): Explanation {
  const [samples, size] = [shape[0], sizeOf(shape)];
  const { channels } = size;
  const cells = size.height * size.width;
  const data = new Float32Array(samples * cells);
  const scales: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const from = sample * cells * channels;
    const to = from + cells * channels;
    const [a, g] = [activation.subarray(from, to), gradient.subarray(from, to)];
    const part = PARTS[method](a, g, size);
    data.set(summedOverChannels(size, part), sample * cells);
    scales.push(scaleOf(method === 'grad-cam' ? gradCamSizes(a, g, size) : part, size));
  }
  return rectifiedMaps(data, scales, size);
}

/**
 * The maps of n samples from the sums over channels, whose ReLU they are; what is nothing but rounding is zero.
 *
 * @param scales - Of each sample, what its values are measured by; see `rounding.ts`.
 */
export function rectifiedMaps(sums: Float32Array, scales: readonly number[], size: MapSize): Explanation {
  const data = sums.map(value => Math.max(value, 0));
  const cells = size.height * size.width;
  const empty: number[] = [];
  const noise: number[] = [];
  scales.forEach((scale, sample) => {
    const map = data.subarray(sample * cells, (sample + 1) * cells);
    const highest = map.reduce((a, b) => Math.max(a, b), 0);
    if (isRounding(highest, scale)) {
      map.fill(0);
      noise.push(sample);
    }
    if (!map.some(value => value > 0)) {
      empty.push(sample);
    }
  });
  return { shape: shapeOfMaps(scales.length, size), data, empty, noise };
}
