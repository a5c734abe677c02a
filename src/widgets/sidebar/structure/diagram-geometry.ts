import type { GraphLayout } from '../../../layers/graph-layout';

/** Sizes at scale 1, CSS pixels. A box stands in its lane; below it is room for the shape of what it gives, and for lines to cross over. */
export const BOX = { width: 264, height: 56 };
const PITCH = { x: 292, y: 108 };
const PADDING = 20;
/** Lanes beyond this many lie on one another: a wall of lines says nothing. */
const MOST_LANES = 12;

const ROOM = PITCH.y - BOX.height;

/** The top left corner of a row's box. */
export function boxAt({ rows }: GraphLayout, row: number): { x: number; y: number } {
  return { x: PADDING + Math.min(rows[row].lane, MOST_LANES - 1) * PITCH.x, y: PADDING + row * PITCH.y };
}

export function diagramSize({ rows, lanes }: GraphLayout): { width: number; height: number } {
  return {
    width: 2 * PADDING + (Math.min(Math.max(1, lanes), MOST_LANES) - 1) * PITCH.x + BOX.width,
    height: 2 * PADDING + rows.length * PITCH.y
  };
}

/** The rows whose boxes are between two heights, both included. */
export function rowsBetween({ rows }: GraphLayout, top: number, bottom: number): { first: number; last: number } {
  const at = (y: number): number => Math.min(rows.length - 1, Math.max(0, Math.floor((y - PADDING) / PITCH.y)));
  return { first: at(top), last: at(bottom) };
}

/** A line from a box to one that reads it, as a path of SVG: down its own lane, then over to the reader in the room above it. */
export interface Edge {
  from: number;
  to: number;
  path: string;
}

/** The lines that pass the rows from `first` to `last`. */
export function edgesBetween(layout: GraphLayout, first: number, last: number): Edge[] {
  return layout.rows.flatMap(({ readers }, from) =>
    from > last ? [] : readers.filter(to => to >= first).map(to => ({ from, to, path: pathOf(layout, from, to) }))
  );
}

function pathOf(layout: GraphLayout, from: number, to: number): string {
  const [start, end] = [boxAt(layout, from), boxAt(layout, to)];
  const x = start.x + BOX.width / 2;
  const over = end.x + BOX.width / 2;
  // The upper half of the room above the reader is for the shape of the row before.
  const turn = end.y - ROOM / 2;
  return x === over
    ? `M${x} ${start.y + BOX.height}V${end.y}`
    : `M${x} ${start.y + BOX.height}V${turn}C${x} ${end.y} ${over} ${turn} ${over} ${end.y}`;
}
