/** A layer's output as the viewer draws it: planes first, with statistics. */
import type { MapSize } from '../../explain/method';
import { sizeOf } from '../../explain/registry';
import type { Planes } from '../protocol/protocol';

/**
 * The first sample of `data` (n, h, w, c) as planes (c, h, w). (n, w, c) is
 * one row a channel, (n, c) one plane with a cell for each unit; of a volume
 * (n, slices, h, w, c), a channel's slices lie one under the other.
 */
export function planesOf(data: Float32Array, shape: number[]): Planes {
  const { height, width, channels, slices } = planeSize(shape);
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
  const size = { channels, height, width, ...(slices === undefined ? {} : { slices }) };
  return { ...size, data: planes, statistics, min: any ? min : 0, max: any ? max : 0 };
}

function planeSize(shape: number[]): MapSize {
  return shape.length >= 3 && shape.length <= 5
    ? sizeOf(shape)
    : { height: 1, width: shape.slice(1).reduce((a, b) => a * b, 1), channels: 1 };
}
