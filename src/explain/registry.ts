/** Gradient-weighed class activation maps by name. */
import { message, MessageError } from '../messages/message';
import { type MapMethod, type MapSize, shapeOfMaps } from './method';
import { gradCam } from './methods/grad-cam';
import { gradCamPlusPlus } from './methods/grad-cam-plus-plus';
import { hiResCam } from './methods/hires-cam';
import { layerCam } from './methods/layer-cam';
import { xGradCam } from './methods/xgrad-cam';
import type { GradientCamName } from './names';

export const methods: Readonly<Record<GradientCamName, MapMethod>> = {
  'grad-cam': gradCam,
  'grad-cam++': gradCamPlusPlus,
  'hires-cam': hiResCam,
  'layer-cam': layerCam,
  'xgrad-cam': xGradCam
};

export interface Explanation {
  /** Raw maps, (n, h, w), or of a volume (n, slices, h, w). */
  shape: number[];
  data: Float32Array;
  /** Samples whose map has no positive value. */
  empty: number[];
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
  for (let sample = 0; sample < samples; sample++) {
    const from = sample * cells * channels;
    const to = from + cells * channels;
    data.set(methods[method](activation.subarray(from, to), gradient.subarray(from, to), size), sample * cells);
  }
  return rectifiedMaps(data, samples, size);
}

/** The maps of n samples from the sums over channels, whose ReLU they are. */
export function rectifiedMaps(sums: Float32Array, samples: number, size: MapSize): Explanation {
  const data = sums.map(value => Math.max(value, 0));
  const cells = size.height * size.width;
  const isEmpty = (sample: number) => !data.subarray(sample * cells, (sample + 1) * cells).some(value => value > 0);
  return { shape: shapeOfMaps(samples, size), data, empty: [...Array(samples).keys()].filter(isEmpty) };
}
