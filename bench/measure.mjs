/** Small pure parts of the benchmark. */

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Another picture: (n, h, w, c) shifted right by `pixels`, round the edge, as numpy.roll along axis 2. */
export function rolled({ shape, data }, pixels) {
  const [, , width, channels] = shape;
  const row = width * channels;
  const shift = (((pixels % width) + width) % width) * channels;
  const result = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += row) {
    result.set(data.subarray(start, start + row - shift), start + shift);
    result.set(data.subarray(start + row - shift, start + row), start);
  }
  return { shape, data: result };
}

/** The value below which a share (0..1) of the values lies, linear between ranks as numpy.quantile. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}
