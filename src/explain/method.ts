/** What an explanation method is, and sums that several of them use. */

/** The size of one sample's activations A and of their gradients g, stored (height, width, channels). */
export interface MapSize {
  height: number;
  width: number;
  channels: number;
}

/** Activations and gradients of one sample in, a raw map (height, width) out; never NaN for finite input. */
export type MapMethod = (activation: Float32Array, gradient: Float32Array, size: MapSize) => Float32Array;

/** max(x, 0), as float32. */
export function rectified(map: Float64Array): Float32Array {
  return Float32Array.from(map, value => Math.max(value, 0));
}

/** The mean over the image of each channel. */
export function spatialMeans(values: Float32Array, { height, width, channels }: MapSize): Float64Array {
  const means = new Float64Array(channels);
  const cells = height * width;
  for (let at = 0; at < values.length; at++) {
    means[at % channels] += values[at];
  }
  return means.map(sum => sum / cells);
}
