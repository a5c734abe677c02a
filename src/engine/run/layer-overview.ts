/** A layer's values in short: what a list of layers shows of each. */
import { sizeOf } from '../../explain/registry';
import type { LayerOverview } from '../protocol/protocol';

/**
 * Mean over the channels, and the share of channels that say nothing (constant
 * over the image; zero, mostly: dead).
 *
 * @param data - (n, h, w, channels) or of a volume (n, slices, h, w, channels), in C order;
 * the first sample counts.
 * @returns null when the values have no image axes.
 */
export function overviewOf(data: Float32Array, shape: readonly number[]): LayerOverview | null {
  if (shape.length !== 4 && shape.length !== 5) {
    return null;
  }
  const { height, width, channels, slices } = sizeOf(shape);
  const cells = height * width;
  const mean = new Float32Array(cells);
  const isConstant = new Uint8Array(channels).fill(1);
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const value = data[cell * channels + channel];
      sum += value;
      if (value !== data[channel]) {
        isConstant[channel] = 0;
      }
    }
    mean[cell] = sum / channels;
  }
  const size = { height, width, ...(slices === undefined ? {} : { slices }) };
  return { ...size, mean, dead: isConstant.reduce((a, b) => a + b, 0) / channels };
}
