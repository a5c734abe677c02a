/** Values (height, width, channels) of a picture, or of a tensor that is one. */
export interface Values {
  height: number;
  width: number;
  channels: number;
  data: Float32Array | Float64Array;
}

/** The mean of each channel. */
export function channelMeans({ channels, data }: Values): number[] {
  const sums = new Array<number>(channels).fill(0);
  for (let i = 0; i < data.length; i++) {
    sums[i % channels] += data[i];
  }
  return sums.map(sum => (sum * channels) / data.length);
}
