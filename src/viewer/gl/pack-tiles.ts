import type { Tile } from '../layout/tile';
import { VERTEX_FLOATS } from './gl-program';
import type { HeatmapPlanes } from './heatmap-texture';

/** The range of all tiles, or of each: min and max, interleaved. */
interface Ranges {
  min: number;
  max: number;
  ranges?: Float32Array;
}

const LARGEST = 3.4e38;

/**
 * Writes the four vertices of each tile, cut to the part that shows the map.
 *
 * @param buffer - Reused if it is large enough.
 * @param origin - Pixel of the target that is the drawing's top left corner.
 * @throws Error for a channel that the maps do not have.
 */
export function packTiles(
  buffer: Float32Array<ArrayBuffer>,
  { channels, height, width }: HeatmapPlanes,
  tiles: readonly Tile[],
  { min, max, ranges }: Ranges,
  origin: { x: number; y: number }
): Float32Array<ArrayBuffer> {
  const length = tiles.length * 4 * VERTEX_FLOATS;
  const packed = buffer.length >= length ? buffer : new Float32Array(length);
  tiles.forEach((tile, index) => {
    if (!(tile.channel >= 0 && tile.channel < channels)) {
      throw new Error(`Channel ${tile.channel} was asked for, but this heatmap has ${channels} (from 0).`);
    }
    const x = tile.x - origin.x;
    const y = tile.y - origin.y;
    // Image units a pixel, and the image coordinates of the drawing's corner.
    const du = (tile.u1 - tile.u0) / tile.width;
    const dv = (tile.v1 - tile.v0) / tile.height;
    const u = tile.u0 - x * du;
    const v = tile.v0 - y * dv;
    const left = Math.max(x, -u / du);
    const top = Math.max(y, -v / dv);
    const right = Math.min(x + tile.width, (1 - u) / du);
    const bottom = Math.min(y + tile.height, (1 - v) / dv);
    const first = index * 4 * VERTEX_FLOATS;
    let at = first;
    packed[at++] = left;
    packed[at++] = top;
    packed[at++] = Math.max(right - left, 0);
    packed[at++] = Math.max(bottom - top, 0);
    packed[at++] = du * width;
    packed[at++] = dv * height;
    packed[at++] = u * width;
    packed[at++] = v * height;
    const low = ranges ? ranges[2 * index] : min;
    const span = (ranges ? ranges[2 * index + 1] : max) - low;
    // An empty range gives every value the first colour: all lie below this one.
    packed[at++] = span > 0 ? low : LARGEST;
    packed[at++] = span > 0 ? span : 1;
    packed[at++] = tile.channel;
    for (let corner = 1; corner < 4; corner++) {
      packed.copyWithin(first + corner * VERTEX_FLOATS, first, at);
    }
  });
  return packed;
}
