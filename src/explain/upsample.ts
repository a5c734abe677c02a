/** Enlarging maps, each way as some library does it. */

export interface Grid {
  height: number;
  width: number;
}

/** Source of a target pixel along one axis: two neighbours and the share of the second; null is outside. */
type Axis = (i: number) => { at: number; next: number; share: number } | null;

/** Corner pixels' centres stay where they are: scipy's `zoom`, torch's `align_corners=True`. */
const cornerAligned =
  (from: number, to: number): Axis =>
  i => {
    const position = to > 1 ? i * ((from - 1) / (to - 1)) : 0;
    // Rounding may lead past the last cell, where scipy's `zoom` reads nothing.
    if (position > from - 1) {
      return null;
    }
    const at = Math.floor(position);
    return { at, next: Math.min(at + 1, from - 1), share: position - at };
  };

/** Pixels are areas whose edges meet: OpenCV's `INTER_LINEAR`, `tf.image.resize`. */
const halfPixel =
  (from: number, to: number): Axis =>
  i => {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    const at = Math.floor(position);
    return { at, next: Math.min(at + 1, from - 1), share: position - at };
  };

/** The cell that holds the pixel: torch's `nearest`. */
const nearest =
  (from: number, to: number): Axis =>
  i => {
    const at = Math.min(Math.floor((i * from) / to), from - 1);
    return { at, next: at, share: 0 };
  };

const KINDS = { 'corner-aligned': cornerAligned, 'half-pixel': halfPixel, nearest };

/** Resizes one map (height, width), C order. */
export function upsample(map: ArrayLike<number>, from: Grid, to: Grid, kind: keyof typeof KINDS): Float64Array {
  return interpolated(map, from.width, to, KINDS[kind](from.height, to.height), KINDS[kind](from.width, to.width));
}

/** @param outside - Where an axis has no source. */
function interpolated(
  map: ArrayLike<number>,
  width: number,
  to: Grid,
  down: Axis,
  across: Axis,
  outside = 0
): Float64Array {
  const rows = Array.from({ length: to.height }, (_, i) => down(i));
  const columns = Array.from({ length: to.width }, (_, i) => across(i));
  const result = new Float64Array(to.height * to.width).fill(outside);
  rows.forEach((row, y) =>
    columns.forEach((column, x) => {
      if (row && column) {
        const value = (r: number) => {
          const [a, b] = [map[r * width + column.at], map[r * width + column.next]];
          return a + (b - a) * column.share;
        };
        const [above, below] = [value(row.at), value(row.next)];
        result[y * to.width + x] = above + (below - above) * row.share;
      }
    })
  );
  return result;
}

/** Edges of a part of an image, relative to it. */
export interface Place {
  u0: number;
  v0: number;
  u1: number;
  v1: number;
}

/** Cells that lie from one place to another, relative to the target; beside them the nearest one's value, or none. */
const within =
  (low: number, high: number, from: number, to: number, isHeld: boolean): Axis =>
  i => {
    const position = (((i + 0.5) / to - low) / (high - low)) * from - 0.5;
    // Half a cell around the first and the last, and a rounding.
    if (!isHeld && (position < -0.5 - 1e-9 || position > from - 0.5 + 1e-9)) {
      return null;
    }
    const held = Math.min(Math.max(position, 0), from - 1);
    const at = Math.floor(held);
    return { at, next: Math.min(at + 1, from - 1), share: held - at };
  };

/** A map, or that of a volume, whose slices lie one under the other. */
type SlicedGrid = Grid & { slices?: number };

/** Resizes the slices of a volume's map, and leaves how many there are. */
function eachSlice(
  map: Float32Array | Float64Array,
  from: SlicedGrid,
  to: SlicedGrid,
  resize: (slice: Float32Array | Float64Array, small: Grid, large: Grid) => Float64Array
): { stack: Float64Array; along: Grid; wanted: Grid } {
  const [slices, wanted] = [from.slices ?? 1, to.slices ?? 1];
  const small = { height: from.height / slices, width: from.width };
  const large = { height: to.height / wanted, width: to.width };
  const [cells, width] = [small.height * small.width, large.height * large.width];
  const stack = new Float64Array(slices * width);
  for (let i = 0; i < slices; i++) {
    stack.set(resize(map.subarray(i * cells, (i + 1) * cells), small, large), i * width);
  }
  return { stack, along: { height: slices, width }, wanted: { height: wanted, width } };
}

/**
 * Lays a map's cells on the part of an image where they look. Of a volume each slice, then along the slices.
 *
 * @param beside - Beside that part: the value of the nearest cell, or NaN, as a view draws nothing there.
 */
export function placed(
  map: Float32Array | Float64Array,
  from: SlicedGrid,
  to: SlicedGrid,
  { u0, v0, u1, v1 }: Place,
  beside: 'nearest' | 'nothing' = 'nearest'
): Float64Array {
  const isHeld = beside === 'nearest';
  const { stack, along, wanted } = eachSlice(map, from, to, (slice, small, large) =>
    interpolated(
      slice,
      small.width,
      large,
      within(v0, v1, small.height, large.height, isHeld),
      within(u0, u1, small.width, large.width, isHeld),
      NaN
    )
  );
  return along.height === wanted.height ? stack : upsample(stack, along, wanted, 'corner-aligned');
}

/**
 * Resizes the map of a volume, whose slices lie one under the other: each slice, then
 * along the slices. Of a picture, as {@link upsample}.
 */
export function upsampleSlices(
  map: Float32Array | Float64Array,
  from: SlicedGrid,
  to: SlicedGrid,
  kind: keyof typeof KINDS
): Float64Array {
  if (from.slices === undefined && to.slices === undefined) {
    return upsample(map, from, to, kind);
  }
  const { stack, along, wanted } = eachSlice(map, from, to, (slice, small, large) =>
    upsample(slice, small, large, kind)
  );
  return upsample(stack, along, wanted, kind);
}
