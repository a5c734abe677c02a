/** Maps cells to the pixels that they see, and back. */
import type { AxisField } from './receptive-field';

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
