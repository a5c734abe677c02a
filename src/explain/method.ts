/** The types of explanation methods, and sums that several of them use. */

/** The size of one sample's activations A and of their gradients g, stored (height, width, channels). */
export interface MapSize {
  /** Of a volume: the rows of all its slices, one slice under the other. */
  height: number;
  width: number;
  channels: number;
  /** Of a volume: how many slices there are. */
  slices?: number;
}

/** The shape of n maps: (n, height, width), or of a volume (n, slices, rows, width). */
export const shapeOfMaps = (n: number, { height, width, slices }: Omit<MapSize, 'channels'>): number[] =>
  slices === undefined ? [n, height, width] : [n, slices, height / slices, width];

/**
 * Contribution of a channel to a cell of the map before its ReLU, by the
 * index into A and the channel. Summed over the channels it is the map.
 */
export type ChannelParts = (
  activation: Float32Array,
  gradient: Float32Array,
  size: MapSize
) => (at: number, channel: number) => number;

/** max(x, 0), as float32. */
function rectified(map: Float64Array): Float32Array {
  return Float32Array.from(map, value => Math.max(value, 0));
}

/** ReLU of the sum over channels of `value(at, channel)`, for each cell. */
export function summedOverChannels(
  { height, width, channels }: MapSize,
  value: (at: number, channel: number) => number
): Float32Array {
  const map = new Float64Array(height * width);
  for (let cell = 0, at = 0; cell < map.length; cell++) {
    for (let k = 0; k < channels; k++, at++) {
      map[cell] += value(at, k);
    }
  }
  return rectified(map);
}

/** The sum over the image of `value(at)`, for each channel. */
export function summedOverImage(
  { height, width, channels }: MapSize,
  value: (at: number, channel: number) => number
): Float64Array {
  const sums = new Float64Array(channels);
  const length = height * width * channels;
  for (let at = 0, k = 0; at < length; at++, k = k + 1 === channels ? 0 : k + 1) {
    sums[k] += value(at, k);
  }
  return sums;
}
