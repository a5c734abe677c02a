/**
 * Contrast limited adaptive histogram equalization (Zuiderveld 1994) as Keras computes it: each tile's brightness
 * spread by its own counts, of which what is over a limit is shared out, and tiles blended into their neighbours.
 */

/** One channel of a picture, row by row, from 0 to 255. */
interface Plane {
  values: ArrayLike<number>;
  height: number;
  width: number;
}

const LEVELS = 256;

const level = (value: number): number => Math.min(Math.max(Math.trunc(value), 0), LEVELS - 1);

/** What each level of a tile with these counts becomes. */
function spread(counts: Float64Array, cells: number, limit: number): Float64Array {
  const most = limit > 0 ? Math.fround((limit * cells) / LEVELS) : Infinity;
  const clipped = counts.map(count => Math.min(count, most));
  const excess = counts.reduce((sum, count, i) => sum + count - clipped[i], 0);
  let sum = 0;
  const sums = clipped.map(count => (sum += count + excess / LEVELS));
  const least = sums.reduce((a, b) => Math.min(a, b), Infinity);
  const span = cells - least;
  return sums.map(value => Math.min(Math.max(((value - least) * 255) / (span === 0 ? 1 : span), 0), 255));
}

/** Cells beyond the end mirror those before it, the last one too. */
const mirrored = (at: number, size: number): number => {
  const period = at % (2 * size);
  return period < size ? period : 2 * size - 1 - period;
};

/** For each cell of an axis the two tiles that it lies between, and how far it is from the first. */
function neighbours(size: number, tile: number, tiles: number): { low: number; high: number; share: number }[] {
  const within = (at: number): number => Math.min(Math.max(at, 0), tiles - 1);
  return Array.from({ length: size }, (_, i) => {
    const at = Math.fround(Math.fround((i - tile / 2) / tile) + 1);
    const before = Math.floor(at);
    // Tiles outside are those at the edge.
    return { low: within(before - 1), high: within(before), share: Math.fround(at - before) };
  });
}

/** The plane with tiles (rows, columns) evened out; `limit` is how many times the mean a level may be counted, 0 for any. */
export function equalizeTiles(
  { values, height, width }: Plane,
  [rows, columns]: readonly [number, number],
  limit: number
): Float32Array {
  const [tileHeight, tileWidth] = [Math.ceil(height / rows), Math.ceil(width / columns)];
  const cells = tileHeight * tileWidth;
  const levels = Uint8Array.from({ length: height * width }, (_, i) => level(values[i]));
  const curves = Array.from({ length: rows * columns }, (_, tile) => {
    const counts = new Float64Array(LEVELS);
    const [top, left] = [Math.floor(tile / columns) * tileHeight, (tile % columns) * tileWidth];
    for (let y = top; y < top + tileHeight; y++) {
      for (let x = left; x < left + tileWidth; x++) {
        counts[levels[mirrored(y, height) * width + mirrored(x, width)]]++;
      }
    }
    return spread(counts, cells, limit);
  });
  const down = neighbours(height, tileHeight, rows);
  const across = neighbours(width, tileWidth, columns);
  return Float32Array.from({ length: height * width }, (_, i) => {
    const [v, h] = [down[Math.floor(i / width)], across[i % width]];
    const at = (row: number, column: number): number => curves[row * columns + column][levels[i]];
    const upper = at(v.low, h.low) * (1 - h.share) + at(v.low, h.high) * h.share;
    const lower = at(v.high, h.low) * (1 - h.share) + at(v.high, h.high) * h.share;
    return upper * (1 - v.share) + lower * v.share;
  });
}
