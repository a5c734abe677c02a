/** A picture with the cells of a detector's grid over it, drawn once into a canvas of its own. */
import type { Region } from '../../state/places';
import { canvasOf } from './class-picture';
import type { Picture } from './pane-scene';

export interface CellLayer {
  rows: number;
  columns: number;
  /** The part of the picture that the cells cover. */
  region: Region;
  /** By cell, 0..1: the more, the more of the picture is seen there. */
  strengths: Float32Array;
  /** The cell that is chosen, or null. */
  chosen: number | null;
}

/** Of the shade over the weakest cell. */
const SHADE = 0.7;

export function drawCellPicture(picture: Picture | null, aspect: number, layer: CellLayer): OffscreenCanvas {
  const { rows, columns, region, strengths, chosen } = layer;
  const canvas = canvasOf(picture, aspect, layer);
  const context = canvas.getContext('2d');
  if (!context) {
    return canvas;
  }
  const { width, height } = canvas;
  const x = (column: number): number => (region.u0 + (column / columns) * (region.u1 - region.u0)) * width;
  const y = (row: number): number => (region.v0 + (row / rows) * (region.v1 - region.v0)) * height;
  const box = (cell: number): [number, number, number, number] => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    return [x(column), y(row), x(column + 1) - x(column), y(row + 1) - y(row)];
  };
  strengths.forEach((strength, cell) => {
    context.fillStyle = `rgba(0, 0, 0, ${SHADE * (1 - strength)})`;
    context.fillRect(...box(cell));
    context.strokeStyle = 'rgba(255, 255, 255, 0.35)';
    context.strokeRect(...box(cell));
  });
  if (chosen !== null) {
    for (const [style, line] of [
      ['black', 7],
      ['white', 3]
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = line;
      context.strokeRect(...box(chosen));
    }
  }
  return canvas;
}
