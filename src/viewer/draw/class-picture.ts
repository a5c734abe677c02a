/** A picture with the classes predicted at its pixels laid over it, drawn once into a canvas of its own. */
import type { Region } from '../../state/places';
import { classPixel } from '../color/class-colors';
import type { Picture } from './pane-scene';

/** Pixels of the longer side: fine enough for patterns and numbers, coarse enough to be drawn at once. */
const SHORTEST = 448;
const LONGEST = 768;

const OPACITY = 150;
/** Half the width of the line round the chosen pixels. */
const REACH = 2;

export interface ClassLayer {
  rows: number;
  columns: number;
  /** The part of the picture that the cells cover. */
  region: Region;
  /** The class at each cell; below 0 for none. */
  classes: Int32Array;
  /** 1 at the cells that are chosen, which are outlined; null outlines none. */
  chosen: Uint8Array | null;
}

/** A canvas with a picture, of a size at which cells can be drawn over it. */
export function canvasOf(
  picture: Picture | null,
  aspect: number,
  { rows, columns }: Pick<ClassLayer, 'rows' | 'columns'>
): OffscreenCanvas {
  const natural = Math.max(picture?.width ?? 0, picture?.height ?? 0, rows, columns);
  const longest = Math.min(Math.max(natural, SHORTEST), LONGEST);
  const [width, height] = [longest * Math.min(aspect, 1), longest / Math.max(aspect, 1)].map(side =>
    Math.max(Math.round(side), 1)
  );
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context && picture) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture.source, 0, 0, width, height);
  }
  return canvas;
}

/** @param aspect - Width over height of the picture. */
export function drawClassPicture(picture: Picture | null, aspect: number, layer: ClassLayer): OffscreenCanvas {
  const canvas = canvasOf(picture, aspect, layer);
  const context = canvas.getContext('2d');
  if (!context) {
    return canvas;
  }
  const { width, height } = canvas;
  const { u0, v0, u1, v1 } = layer.region;
  const across = pixelsOf(u0 * width, u1 * width, width, layer.columns);
  const down = pixelsOf(v0 * height, v1 * height, height, layer.rows);
  if (across.cells.length > 0 && down.cells.length > 0) {
    const shades = new OffscreenCanvas(across.cells.length, down.cells.length);
    shades.getContext('2d')?.putImageData(shadesOf(layer, across.cells, down.cells), 0, 0);
    context.drawImage(shades, across.from, down.from);
  }
  writeNumbers(context, layer, Math.max(width, height) / 18);
  return canvas;
}

/** The pixels that cells from one place to another are drawn at, and the cell of each. */
function pixelsOf(start: number, end: number, size: number, count: number): { from: number; cells: Int32Array } {
  const from = Math.max(Math.round(start), 0);
  const to = Math.min(Math.round(end), size);
  const cells = Int32Array.from({ length: Math.max(to - from, 0) }, (_, i) =>
    Math.min(Math.max(Math.floor(((from + i + 0.5 - start) / (end - start)) * count), 0), count - 1)
  );
  return { from, cells };
}

function shadesOf({ columns, classes, chosen }: ClassLayer, across: Int32Array, down: Int32Array): ImageData {
  const [width, height] = [across.length, down.length];
  const image = new ImageData(width, height);
  const cellAt = (x: number, y: number): number =>
    down[Math.min(Math.max(y, 0), height - 1)] * columns + across[Math.min(Math.max(x, 0), width - 1)];
  const set = (at: number, color: readonly number[], alpha: number): void => image.data.set([...color, alpha], at);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = cellAt(x, y);
      const index = classes[cell];
      const at = 4 * (y * width + x);
      const isEdge = index !== classes[cellAt(x + 1, y)] || index !== classes[cellAt(x, y + 1)];
      const near = chosen && edgeOf(chosen, cell, [x, y], cellAt);
      if (near) {
        set(at, chosen[cell] ? [255, 255, 255] : [0, 0, 0], 255);
      } else if (isEdge) {
        set(at, [20, 20, 20], 230);
      } else if (index >= 0) {
        set(at, classPixel(index, x, y), OPACITY);
      }
    }
  }
  return image;
}

/** True at the edge of what is chosen: white within, black around it. */
const edgeOf = (
  chosen: Uint8Array,
  cell: number,
  [x, y]: readonly [number, number],
  cellAt: (x: number, y: number) => number
): boolean =>
  chosen[cell] !== chosen[cellAt(x + REACH, y)] ||
  chosen[cell] !== chosen[cellAt(x - REACH, y)] ||
  chosen[cell] !== chosen[cellAt(x, y + REACH)] ||
  chosen[cell] !== chosen[cellAt(x, y - REACH)];

/** Each class's number, where there is most of it around: colours need not be told apart to read the picture. */
function writeNumbers(context: OffscreenCanvasRenderingContext2D, layer: ClassLayer, size: number): void {
  const { rows, columns, region } = layer;
  const { width, height } = context.canvas;
  context.font = `600 ${size}px sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = size / 5;
  context.lineJoin = 'round';
  for (const [index, cell] of middles(layer)) {
    const x = (region.u0 + (((cell % columns) + 0.5) / columns) * (region.u1 - region.u0)) * width;
    const y = (region.v0 + ((Math.floor(cell / columns) + 0.5) / rows) * (region.v1 - region.v0)) * height;
    context.strokeStyle = 'black';
    context.strokeText(String(index), x, y);
    context.fillStyle = 'white';
    context.fillText(String(index), x, y);
  }
}

/** Of each class, the cell that lies deepest in it, in steps along rows and columns. */
function middles({ rows, columns, classes }: Omit<ClassLayer, 'region' | 'chosen'>): Map<number, number> {
  const depth = new Int32Array(classes.length);
  const from = (cell: number, other: number | null): number =>
    other === null || classes[other] !== classes[cell] ? 1 : depth[other] + 1;
  for (let cell = 0; cell < classes.length; cell++) {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    depth[cell] = Math.min(from(cell, row > 0 ? cell - columns : null), from(cell, column > 0 ? cell - 1 : null));
  }
  const found = new Map<number, number>();
  for (let cell = classes.length - 1; cell >= 0; cell--) {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const below = from(cell, row < rows - 1 ? cell + columns : null);
    depth[cell] = Math.min(depth[cell], below, from(cell, column < columns - 1 ? cell + 1 : null));
    const best = found.get(classes[cell]);
    if (classes[cell] >= 0 && (best === undefined || depth[cell] >= depth[best])) {
      found.set(classes[cell], cell);
    }
  }
  return found;
}
