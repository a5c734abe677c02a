import type { Values } from './values';

/** Turned about its middle, counter-clockwise, then shifted; bilinear, and beyond the edge the last pixel. */
export function moved(values: Values, degrees: number, [dx, dy]: readonly [number, number]): Float64Array {
  const { height, width, channels, data } = values;
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const made = new Float64Array(data.length);
  const inside = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = [x - dx - cx, y - dy - cy];
      const column = inside(cos * px - sin * py + cx, width);
      const row = inside(sin * px + cos * py + cy, height);
      const [left, top] = [Math.floor(column), Math.floor(row)];
      const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
      for (let c = 0; c < channels; c++, to++) {
        const along = (r: number): number => {
          const [a, b] = [data[(r * width + left) * channels + c], data[(r * width + right) * channels + c]];
          return a + (b - a) * (column - left);
        };
        const [above, below] = [along(top), along(bottom)];
        made[to] = above + (below - above) * (row - top);
      }
    }
  }
  return made;
}
