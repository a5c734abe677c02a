/** A layer's output as the viewer draws it: planes first, with statistics. */
import type { Planes } from '../protocol/protocol';

/**
 * The first sample of `data` (n, h, w, c) as planes (c, h, w). (n, w, c) is
 * one row a channel, (n, c) one plane with a cell for each unit.
 */
export function planesOf(data: Float32Array, shape: number[]): Planes {
  const [height, width, channels] = planeSize(shape);
  const cells = height * width;
  const planes = new Float32Array(channels * cells);
  const statistics = new Float32Array(channels * 3);
  let [min, max] = [Infinity, -Infinity];
  for (let c = 0; c < channels; c++) {
    let [low, high, sum, finite] = [Infinity, -Infinity, 0, 0];
    for (let cell = 0, from = c, to = c * cells; cell < cells; cell++, from += channels, to++) {
      const value = data[from];
      planes[to] = value;
      if (value - value === 0) {
        low = value < low ? value : low;
        high = value > high ? value : high;
        sum += value;
        finite++;
      }
    }
    statistics.set(finite ? [low, high, sum / finite] : [0, 0, 0], c * 3);
    min = finite && low < min ? low : min;
    max = finite && high > max ? high : max;
  }
  const any = min <= max;
  return { channels, height, width, data: planes, statistics, min: any ? min : 0, max: any ? max : 0 };
}

function planeSize(shape: number[]): [number, number, number] {
  switch (shape.length) {
    case 4:
      return [shape[1], shape[2], shape[3]];
    case 3:
      return [1, shape[1], shape[2]];
    default:
      return [1, shape.slice(1).reduce((a, b) => a * b, 1), 1];
  }
}
