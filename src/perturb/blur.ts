import type { Values } from './values';

/**
 * Means over the neighbours, weighted as a pyramid: along each axis twice a box of 2 `radius` + 1 pixels,
 * beyond the edge the last pixel. Of whole numbers all sums are exact, so Python finds the same to the bit.
 */
export function blurred(values: Values, radius: number): Float64Array {
  const { height, width, channels } = values;
  const row = width * channels;
  let data = Float64Array.from(values.data);
  for (let twice = 0; twice < 2; twice++) {
    data = boxSums(data, { lines: row, step: 1, length: height, stride: row }, radius);
  }
  for (let twice = 0; twice < 2; twice++) {
    for (let channel = 0; channel < channels; channel++) {
      data = boxSums(data, { lines: height, step: row, length: width, stride: channels, start: channel }, radius);
    }
  }
  const count = (2 * radius + 1) ** 4;
  return data.map(sum => sum / count);
}

/** Lines of values: `lines` of them, `step` apart, each of `length` values, `stride` apart. */
interface Lines {
  lines: number;
  step: number;
  length: number;
  stride: number;
  start?: number;
}

/** Replaces each value of the lines by the sum of those within a radius. */
function boxSums(data: Float64Array, of: Lines, radius: number): Float64Array<ArrayBuffer> {
  const { lines, step, length, stride, start = 0 } = of;
  const made = data.slice();
  const inside = (i: number): number => Math.min(Math.max(i, 0), length - 1);
  for (let line = 0; line < lines; line++) {
    const at = (i: number): number => data[start + line * step + inside(i) * stride];
    let sum = 0;
    for (let i = -radius; i <= radius; i++) {
      sum += at(i);
    }
    for (let i = 0; i < length; i++) {
      made[start + line * step + i * stride] = sum;
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return made;
}
