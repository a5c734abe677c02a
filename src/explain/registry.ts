/** Gradient-weighed class activation maps by name. */
import { message, MessageError } from '../messages/message';
import { gradCam } from './grad-cam';
import { gradCamPlusPlus } from './grad-cam-plus-plus';
import { hiResCam } from './hires-cam';
import { layerCam } from './layer-cam';
import type { MapMethod, MapSize } from './method';
import type { GradientCamName } from './names';
import { xGradCam } from './xgrad-cam';

export const methods: Readonly<Record<GradientCamName, MapMethod>> = {
  'grad-cam': gradCam,
  'grad-cam++': gradCamPlusPlus,
  'hires-cam': hiResCam,
  'layer-cam': layerCam,
  'xgrad-cam': xGradCam
};

export interface Explanation {
  /** Raw maps, (n, h, w). */
  shape: number[];
  data: Float32Array;
  /** Samples whose map has no positive value. */
  empty: number[];
}

/**
 * The size of one sample of a layer's output, (n, h, w, c), or (n, w, c), which
 * is taken as one row.
 *
 * @throws RangeError if the layer has no spatial axes.
 */
export function sizeOf(shape: readonly number[]): MapSize {
  if (shape.length !== 3 && shape.length !== 4) {
    throw new MessageError(message('shape (%1) has no image axes', shape.join(', ')));
  }
  return {
    height: shape.length === 4 ? shape[1] : 1,
    width: shape[shape.length - 2],
    channels: shape[shape.length - 1]
  };
}

/**
 * The map of each sample. `shape` is the layer's, (n, h, w, c), or (n, w, c),
 * which is taken as one row.
 *
 * @throws RangeError if the layer has no spatial axes.
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
  return rectifiedMaps(data, [samples, size.height, size.width]);
}

/** Maps (n, h, w) from the sums over channels, whose ReLU they are. */
export function rectifiedMaps(sums: Float32Array, shape: [number, number, number]): Explanation {
  const data = sums.map(value => Math.max(value, 0));
  const cells = shape[1] * shape[2];
  const isEmpty = (sample: number) => !data.subarray(sample * cells, (sample + 1) * cells).some(value => value > 0);
  return { shape, data, empty: [...Array(shape[0]).keys()].filter(isEmpty) };
}
