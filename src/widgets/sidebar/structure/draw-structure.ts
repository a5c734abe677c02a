import type { GraphLayout } from '../../../layers/graph-layout';

const LEFT = 12;
const LANE = 12;
/** Lanes beyond this many are drawn on one another: the names need room. */
const MOST_LANES = 10;
/** Rows lower than this have no names. */
const LEAST_FOR_TEXT = 11;

export interface StructureInks {
  text: string;
  quiet: string;
  line: string;
  selected: string;
  selectedRow: string;
  families: Record<string, string>;
  font: string;
}

export interface StructureView {
  width: number;
  height: number;
  scrollTop: number;
  rowHeight: number;
  selectedRow: number;
  inks: StructureInks;
}

export const laneWidth = (lanes: number): number => LEFT * 2 + Math.min(lanes, MOST_LANES) * LANE;

const xOf = (lane: number): number => LEFT + Math.min(lane, MOST_LANES - 1) * LANE;

/** Draws the rows in sight, and the connections that pass them. */
export function drawStructure(context: CanvasRenderingContext2D, layout: GraphLayout, view: StructureView): void {
  const { width, height, scrollTop, rowHeight, selectedRow, inks } = view;
  context.clearRect(0, 0, width, height);
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - 1);
  const last = Math.min(layout.rows.length - 1, Math.ceil((scrollTop + height) / rowHeight));
  const yOf = (row: number): number => (row + 0.5) * rowHeight - scrollTop;

  if (selectedRow >= first && selectedRow <= last) {
    context.fillStyle = inks.selectedRow;
    context.fillRect(0, selectedRow * rowHeight - scrollTop, width, Math.max(2, rowHeight));
  }
  context.strokeStyle = inks.line;
  context.lineWidth = Math.min(1.5, Math.max(0.4, rowHeight / 8));
  context.beginPath();
  layout.rows.forEach(({ lane, readers }, row) => {
    const end = readers[readers.length - 1];
    if (end === undefined || end < first || row > last) {
      return;
    }
    const x = xOf(lane);
    for (const reader of readers) {
      const to = xOf(layout.rows[reader].lane);
      // Down its own lane, then over to the reader within one row.
      const turn = yOf(reader - 1);
      context.moveTo(x, yOf(row));
      context.lineTo(x, turn);
      context.bezierCurveTo(x, turn + rowHeight / 2, to, yOf(reader) - rowHeight / 2, to, yOf(reader));
    }
  });
  context.stroke();

  // One path a colour: a thousand dots are as many calls of fill otherwise.
  const dots = new Map<string, Path2D>();
  const radius = Math.min(4.5, Math.max(0.75, rowHeight / 3));
  for (let row = first; row <= last; row++) {
    const { node, lane } = layout.rows[row];
    const family = node.kind === 'block' ? 'block' : node.layer.family;
    const ink = row === selectedRow ? inks.selected : (inks.families[family] ?? inks.quiet);
    const path = dots.get(ink) ?? new Path2D();
    dots.set(ink, path);
    const y = yOf(row);
    if (node.kind === 'block') {
      path.rect(xOf(lane) - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      path.moveTo(xOf(lane) + radius, y);
      path.arc(xOf(lane), y, radius, 0, 2 * Math.PI);
    }
  }
  dots.forEach((path, ink) => {
    context.fillStyle = ink;
    context.fill(path);
  });

  if (rowHeight < LEAST_FOR_TEXT) {
    return;
  }
  context.font = `${Math.min(12, rowHeight - 3)}px ${inks.font}`;
  context.textBaseline = 'middle';
  const x = laneWidth(layout.lanes) - LEFT;
  for (let row = first; row <= last; row++) {
    const { node } = layout.rows[row];
    const y = yOf(row);
    context.fillStyle = inks.text;
    context.fillText(node.label, x, y);
    if (node.kind === 'block') {
      const after = x + context.measureText(`${node.label}  `).width;
      context.fillStyle = inks.quiet;
      context.fillText(`${node.layers.length}`, after, y);
    }
  }
}

/** The theme's colours. */
export function readInks(element: Element): StructureInks {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const brand = read('--jp-brand-color1');
  const merge = read('--jp-accent-color1') || read('--jp-success-color1');
  return {
    text: read('--jp-ui-font-color1'),
    quiet: read('--jp-ui-font-color2'),
    line: read('--jp-border-color0') || read('--jp-ui-font-color3'),
    selected: brand,
    selectedRow: read('--jp-layout-color2'),
    families: {
      convolution: brand,
      dense: brand,
      merge,
      concatenate: merge,
      pooling: read('--jp-warn-color1'),
      block: read('--jp-ui-font-color2')
    },
    font: read('--jp-code-font-family') || 'monospace'
  };
}
