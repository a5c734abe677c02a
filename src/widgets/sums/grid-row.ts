/** Where the grids of a figure lie: in a row where it is wide enough, else in lines that wrap. */

export interface Box {
  width: number;
  height: number;
}

export interface Placed {
  x: number;
  y: number;
}

export const GAP = 34;
const TITLE = 22;
const MOST_CELL = 56;
const LEAST_CELL = 9;

/**
 * The cell's size at which grids of `columns` × `rows` fit beside what else stands in the row; on narrow screens two
 * fit, or one, before the cells get too small for numbers.
 */
export function cellSize(width: number, columns: number, grids: number, beside: number): number {
  const fitting = (count: number, taken: number): number =>
    Math.floor((width - taken - (count - 1) * GAP - 2) / (count * columns));
  const inRow = fitting(grids, beside > 0 ? beside + GAP : 0);
  const best = [inRow, fitting(grids, 0), fitting(Math.min(2, grids), 0), fitting(1, 0)].find(size => size >= 30);
  return Math.max(LEAST_CELL, Math.min(MOST_CELL, best ?? fitting(1, 0)));
}

/** Lays boxes out from left to right, a new line where one does not fit. */
export function flow(boxes: readonly Box[], width: number): { places: Placed[]; height: number } {
  const places: Placed[] = [];
  let line: Placed[] = [];
  let [x, y, tallest] = [1, TITLE, 0];
  const lines: { items: [Placed, Box][]; height: number }[] = [];
  let items: [Placed, Box][] = [];
  boxes.forEach(box => {
    if (line.length > 0 && x + box.width > width) {
      lines.push({ items, height: tallest });
      y += tallest + TITLE + 8;
      [x, tallest, line, items] = [1, 0, [], []];
    }
    const place = { x, y };
    places.push(place);
    line.push(place);
    items.push([place, box]);
    x += box.width + GAP;
    tallest = Math.max(tallest, box.height);
  });
  lines.push({ items, height: tallest });
  // In a line all stand in the middle.
  lines.forEach(({ items: all, height }) => all.forEach(([place, box]) => (place.y += (height - box.height) / 2)));
  return { places, height: y + tallest + 2 };
}
