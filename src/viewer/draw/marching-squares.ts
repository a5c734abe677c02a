/** Lines of one level through samples in a grid, found in time linear in their number. */

/** Sides of a square, in the order in which they are gone around: top, right, bottom, left. */
const SIDES = [0, 1, 2, 3];

/**
 * By which of a square's corners are high (top left 1, top right 2, bottom right 4, bottom left 8): the side where a
 * line comes in, and that where it goes out. High is always on the same hand, so that a side which lines leave by in
 * one square is one which they come in by in the next.
 */
const SEGMENTS = [false, true].map(isJoined =>
  Array.from({ length: 16 }, (_, corners) => {
    const isHigh = (corner: number): boolean => ((corners >> (corner % 4)) & 1) === 1;
    const isEnd = (side: number): boolean => isHigh(side % 4) && !isHigh(side + 1);
    return SIDES.filter(side => !isHigh(side) && isHigh(side + 1)).map(from => {
      // Around the high corner that follows; around the low one before where high corners are joined across.
      const steps = isJoined ? [3, 2, 1] : [1, 2, 3];
      return [from, steps.map(step => (from + step) % 4).find(isEnd)!] as const;
    });
  })
);

/** Samples in a grid of so many columns and rows, row by row; NaN is below each level. */
export interface Samples {
  values: Float32Array;
  columns: number;
  rows: number;
}

/**
 * The lines where the samples cross a level, in places counted in samples: from edge to edge of the grid, or closed,
 * with the first place once more at the end. Places are interpolated, or lie in the middle between two samples; `placed`
 * makes others of them.
 */
export function linesOfLevel(
  { values, columns, rows }: Samples,
  level: number,
  isInterpolated: boolean,
  placed: (x: number, y: number) => [x: number, y: number] = (x, y) => [x, y]
): [x: number, y: number][][] {
  // An edge is 2i from sample i to the right, and 2i + 1 downwards.
  const next = new Int32Array(2 * columns * rows).fill(-1);
  const isReached = new Uint8Array(next.length);
  const isHigh = Uint8Array.from(values, value => (value >= level ? 1 : 0));
  const sides = new Int32Array(4);
  for (let row = 0; row + 1 < rows; row++) {
    for (let at = row * columns; at + 1 < (row + 1) * columns; at++) {
      const below = at + columns;
      const corners = isHigh[at] | (isHigh[at + 1] << 1) | (isHigh[below + 1] << 2) | (isHigh[below] << 3);
      if (corners === 0 || corners === 15) {
        continue;
      }
      const isHighBetween = values[at] + values[at + 1] + values[below] + values[below + 1] >= 4 * level;
      sides[0] = 2 * at;
      sides[1] = 2 * at + 3;
      sides[2] = 2 * below;
      sides[3] = 2 * at + 1;
      const segments = SEGMENTS[isHighBetween ? 1 : 0][corners];
      for (let i = 0; i < segments.length; i++) {
        const [from, to] = segments[i];
        next[sides[from]] = sides[to];
        isReached[sides[to]] = 1;
      }
    }
  }
  const place = (edge: number): [number, number] => {
    const at = edge >> 1;
    const y = Math.floor(at / columns);
    const x = at - y * columns;
    const isDown = (edge & 1) === 1;
    const share = isInterpolated ? crossing(values[at], values[isDown ? at + columns : at + 1], level) : 0.5;
    return isDown ? placed(x, y + share) : placed(x + share, y);
  };
  const lines: [number, number][][] = [];
  const follow = (start: number): void => {
    const line = [place(start)];
    for (let edge = start; next[edge] >= 0;) {
      const to = next[edge];
      next[edge] = -1;
      line.push(place(to));
      edge = to;
    }
    lines.push(line);
  };
  next.forEach((to, edge) => to >= 0 && !isReached[edge] && follow(edge));
  // What is left is closed.
  next.forEach((to, edge) => to >= 0 && follow(edge));
  return lines;
}

/** The share of the way from one sample to the next where the level is crossed; the middle beside NaN and infinities. */
function crossing(from: number, to: number, level: number): number {
  const share = (level - from) / (to - from);
  return share >= 0 && share <= 1 ? share : 0.5;
}
