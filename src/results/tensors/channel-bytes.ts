/** Feature maps as a byte a value: 256 steps from each channel's lowest value to its highest. */

/** The steps between lowest and highest. */
const STEPS = 255;

export interface ChannelBytes {
  bytes: Uint8Array;
  /** Lowest and highest value of each channel, interleaved. */
  bounds: Float32Array;
}

/** The largest error of a value that was stored as a byte, as a part of its channel's range. */
export const BYTE_ERROR = 1 / (2 * STEPS);

/** Values of `channels` channels, one after the other, as bytes; null where one is not finite, which a byte cannot say. */
export function toBytes(data: Float32Array, channels: number): ChannelBytes | null {
  const size = data.length / channels;
  const bytes = new Uint8Array(data.length);
  const bounds = new Float32Array(2 * channels);
  for (let channel = 0; channel < channels; channel++) {
    const [from, to] = [channel * size, (channel + 1) * size];
    let [low, high] = [Infinity, -Infinity];
    for (let at = from; at < to; at++) {
      const value = data[at];
      if (value - value !== 0) {
        return null;
      }
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    bounds.set([low, high], 2 * channel);
    const factor = high > low ? STEPS / (high - low) : 0;
    for (let at = from; at < to; at++) {
      bytes[at] = Math.round((data[at] - low) * factor);
    }
  }
  return { bytes, bounds };
}

export function fromBytes({ bytes, bounds }: ChannelBytes): Float32Array {
  const data = new Float32Array(bytes.length);
  const channels = bounds.length / 2;
  const size = bytes.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    const [low, high] = [bounds[2 * channel], bounds[2 * channel + 1]];
    for (let at = channel * size; at < (channel + 1) * size; at++) {
      // The bounds themselves come back bit for bit.
      data[at] = bytes[at] === STEPS ? high : low + (bytes[at] / STEPS) * (high - low);
    }
  }
  return data;
}
