/** Painting on the cells of a grid. */

/** A place in cells, from the top left corner: the first cell's middle is (0.5, 0.5). */
export interface GridPlace {
  x: number;
  y: number;
}

/**
 * The cells with those painted whose middle is no farther than a radius from the way between two
 * places, and the cell that the brush ends in, however small the brush is. A copy.
 */
export function painted(
  cells: Uint8Array,
  columns: number,
  [from, to]: readonly [GridPlace, GridPlace],
  radius: number,
  value: 0 | 1
): Uint8Array {
  const made = cells.slice();
  const rows = cells.length / columns;
  const inside = (at: number, size: number): number => Math.min(Math.max(Math.floor(at), 0), size);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const lastRow = inside(Math.max(from.y, to.y) + radius + 1, rows);
  const lastColumn = inside(Math.max(from.x, to.x) + radius + 1, columns);
  for (let row = inside(Math.min(from.y, to.y) - radius, rows); row < lastRow; row++) {
    for (let column = inside(Math.min(from.x, to.x) - radius, columns); column < lastColumn; column++) {
      const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
      const along = length === 0 ? 0 : Math.min(Math.max((x * dx + y * dy) / length, 0), 1);
      if (Math.hypot(x - along * dx, y - along * dy) <= radius) {
        made[row * columns + column] = value;
      }
    }
  }
  const [row, column] = [Math.floor(to.y), Math.floor(to.x)];
  if (row >= 0 && row < rows && column >= 0 && column < columns) {
    made[row * columns + column] = value;
  }
  return made;
}
