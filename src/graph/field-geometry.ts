/** Maps cells to the pixels that they see, and back; and lays a layer's cells on the picture. */
import { type Region, WHOLE } from '../state/places';
import type { AxisField, ReceptiveField } from './receptive-field';

/** The pixels that a cell sees: from, to, in pixels of the input; may reach outside it. */
export function pixelsOfCell({ jump, size, start }: AxisField, cell: number): [from: number, to: number] {
  const centre = start + cell * jump;
  return [centre - size / 2, centre + size / 2];
}

/** The cells of `count` that see a place (in pixels of the input): first and one past the last; empty if none does. */
export function cellsSeeing(
  { jump, size, start }: AxisField,
  pixel: number,
  count: number
): [first: number, end: number] {
  const first = Math.ceil((pixel - size / 2 - start) / jump);
  const last = Math.floor((pixel + size / 2 - start) / jump);
  const clamp = (at: number): number => Math.min(Math.max(at, 0), count);
  return [clamp(first), Math.max(clamp(last + 1), clamp(first))];
}

/**
 * The part of the picture that a layer's cells (rows, columns) cover, each as wide as cells lie apart, around the
 * centre of what it sees. All of it where it is not known, or where branches disagree.
 */
export function regionCovered(
  field: Pick<ReceptiveField, 'axes' | 'input' | 'isApart'> | null,
  [rows, columns]: readonly [number, number]
): Region {
  if (!field || field.isApart) {
    return WHOLE;
  }
  const along = (axis: number, count: number): [from: number, to: number] => {
    const at = field.axes.length + axis;
    const size = field.input[at] ?? null;
    if (at < 0 || size === null) {
      return [0, 1];
    }
    const { jump, start } = field.axes[at];
    return [(start - jump / 2) / size, (start + (count - 0.5) * jump) / size];
  };
  const [v0, v1] = along(-2, rows);
  const [u0, u1] = along(-1, columns);
  return { u0, v0, u1, v1 };
}
