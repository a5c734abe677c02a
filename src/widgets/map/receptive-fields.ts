import { cellsSeeing, pixelsOfCell } from '../../graph/field-geometry';
import type { ModelSummary } from '../../graph/layer-info';
import type { ReceptiveField } from '../../graph/receptive-field';
import type { Explained } from '../../session/model/explained';
import type { Cursor } from '../../state/view-state';
import type { Outline } from '../../viewer/draw/draw-outlines';
import { cellAt, type Region } from '../../viewer/layout/viewport';

/** Receptive fields of a layer, for drawing. */
export interface LayerField {
  field: ReceptiveField;
  /** Of the picture as fed: rows, columns. */
  input: readonly [number, number];
  /** Cells of the layer: rows, columns. */
  cells: readonly [number, number];
}

/** The receptive field of the layer explained; null where it is not known, or is the whole image. */
export function layerField(model: ModelSummary | null, explained: Explained | null): LayerField | null {
  const planes = explained?.run.planes[explained.layer];
  const input = explained?.run.inputSize;
  const field = model?.layers.find(layer => layer.id === explained?.layer)?.receptiveField;
  return planes && input && field ? { field, input, cells: [planes.height, planes.width] } : null;
}

/** The part of the image that the cell under the cursor sees, cut at the image's edges. */
export function fieldOutline({ field, input, cells }: LayerField, { x, y }: Cursor): Outline | null {
  const cell = cellAt(x, y, cells[1], cells[0]);
  if (!cell) {
    return null;
  }
  const inside = (pixel: number, size: number): number => Math.min(Math.max(pixel / size, 0), 1);
  const [top, bottom] = pixelsOfCell(field[0], cell.row).map(pixel => inside(pixel, input[0]));
  const [left, right] = pixelsOfCell(field[1], cell.column).map(pixel => inside(pixel, input[1]));
  return {
    points: [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom]
    ],
    dashed: true
  };
}

/** The cells that see the place under the cursor, as a part of the map. */
export function seeingCells({ field, input, cells }: LayerField, { x, y }: Cursor): Region {
  const [top, bottom] = cellsSeeing(field[0], y * input[0], cells[0]);
  const [left, right] = cellsSeeing(field[1], x * input[1], cells[1]);
  return { u0: left / cells[1], v0: top / cells[0], u1: right / cells[1], v1: bottom / cells[0] };
}
