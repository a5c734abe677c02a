import { channelMeans, type Values } from './values';

interface Level {
  height: number;
  width: number;
  data: Float64Array;
  /** 1 where the value is known. */
  known: Uint8Array;
}

/**
 * What lies about the covered pixels, continued over them: the picture is halved, each cell the mean of
 * those of its four pixels that are not covered, until every cell has a value; then enlarged again,
 * bilinearly, where nothing was known. The mean of the picture where all of it is covered.
 *
 * @param covered - 1 for each pixel that is to be filled.
 */
export function surroundings(values: Values, covered: Uint8Array): Float64Array {
  const { height, width, channels } = values;
  if (!covered.includes(0)) {
    const means = channelMeans(values);
    return Float64Array.from(values.data, (_, i) => means[i % channels]);
  }
  const known = covered.map(cell => 1 - cell);
  return filled({ height, width, data: Float64Array.from(values.data), known }, channels);
}

function filled(level: Level, channels: number): Float64Array {
  const { height, width, data, known } = level;
  if (!known.includes(0)) {
    return data;
  }
  const small = halved(level, channels);
  const coarse = filled(small, channels);
  const tap = (i: number, size: number): { low: number; high: number; share: number } => {
    const position = (i + 0.5) / 2 - 0.5;
    const low = Math.floor(position);
    return { low: Math.max(low, 0), high: Math.min(low + 1, size - 1), share: position - low };
  };
  for (let y = 0, cell = 0; y < height; y++) {
    const row = tap(y, small.height);
    for (let x = 0; x < width; x++, cell++) {
      if (known[cell] === 1) {
        continue;
      }
      const column = tap(x, small.width);
      for (let c = 0; c < channels; c++) {
        const along = (r: number): number => {
          const left = coarse[(r * small.width + column.low) * channels + c];
          const right = coarse[(r * small.width + column.high) * channels + c];
          return left + (right - left) * column.share;
        };
        const [top, bottom] = [along(row.low), along(row.high)];
        data[cell * channels + c] = top + (bottom - top) * row.share;
      }
    }
  }
  return data;
}

function halved({ height, width, data, known }: Level, channels: number): Level {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const half = new Float64Array(rows * columns * channels);
  const isKnown = new Uint8Array(rows * columns);
  for (let cell = 0; cell < isKnown.length; cell++) {
    const [top, left] = [2 * Math.floor(cell / columns), 2 * (cell % columns)];
    let count = 0;
    for (let y = top; y < Math.min(top + 2, height); y++) {
      for (let x = left; x < Math.min(left + 2, width); x++) {
        if (known[y * width + x] === 1) {
          count++;
          for (let c = 0; c < channels; c++) {
            half[cell * channels + c] += data[(y * width + x) * channels + c];
          }
        }
      }
    }
    if (count > 0) {
      isKnown[cell] = 1;
      for (let c = 0; c < channels; c++) {
        half[cell * channels + c] /= count;
      }
    }
  }
  return { height: rows, width: columns, data: half, known: isKnown };
}
