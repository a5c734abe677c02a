/** Splits a map into the contributions of its channels. */
import type { ChannelParts, MapSize } from './method';
import { eigenDirection } from './methods/eigen-cam';
import { gradCamParts } from './methods/grad-cam';
import { gradCamPlusPlusParts } from './methods/grad-cam-plus-plus';
import { hiResCamParts } from './methods/hires-cam';
import { layerCamParts } from './methods/layer-cam';
import { xGradCamParts } from './methods/xgrad-cam';
import type { GradientCamName } from './names';

/** What each channel adds to a map, by the method. */
export const PARTS: Readonly<Record<GradientCamName, ChannelParts>> = {
  'grad-cam': gradCamParts,
  'grad-cam++': gradCamPlusPlusParts,
  'hires-cam': hiResCamParts,
  'layer-cam': layerCamParts,
  'xgrad-cam': xGradCamParts
};

/**
 * Contributions of each channel to each cell of a map, before its ReLU.
 *
 * @param activation - Of the layer for one sample, (height, width, channels), C order.
 * @param gradient - Of the score at the layer, same shape.
 * @returns (channels, height, width): summed over the channels it is the map before ReLU.
 */
export function contributions(
  method: GradientCamName,
  activation: Float32Array,
  gradient: Float32Array,
  size: MapSize
): Float32Array {
  return planesOf(PARTS[method](activation, gradient, size), size);
}

/** The same for Eigen-CAM, which has no gradient and no ReLU: the activations along the first singular vector. */
export function eigenContributions(activation: Float32Array, size: MapSize): Float32Array {
  return weighedContributions(activation, eigenDirection(activation, size), size);
}

/** The same for a map that weighs whole channels, as Score-CAM: one weight a channel. */
export function weighedContributions(
  activation: Float32Array,
  weights: ArrayLike<number>,
  size: MapSize
): Float32Array {
  return planesOf((at, channel) => weights[channel] * activation[at], size);
}

function planesOf(part: (at: number, channel: number) => number, { height, width, channels }: MapSize): Float32Array {
  const cells = height * width;
  const planes = new Float32Array(cells * channels);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++, at++) {
      planes[channel * cells + cell] = part(at, channel);
    }
  }
  return planes;
}
