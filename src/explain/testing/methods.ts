/** The maps of whole methods, for tests: activations and gradients of one sample in, its map out. */
import { PARTS } from '../contributions';
import { type MapSize, summedOverChannels } from '../method';
import type { GradientCamName } from '../names';

export const METHODS = Object.keys(PARTS) as GradientCamName[];

/** (height, width), C order. */
export const mapBy = (
  method: GradientCamName,
  activation: Float32Array,
  gradient: Float32Array,
  size: MapSize
): Float32Array => summedOverChannels(size, PARTS[method](activation, gradient, size));
