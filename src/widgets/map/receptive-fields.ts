/** What the cells of the layer on the screen see of the picture, for drawing. */
import { cellsSeeing, pixelsOfCell, regionCovered } from '../../graph/field-geometry';
import type { ReceptiveField } from '../../graph/receptive-field';
import type { Explained } from '../../session/model/explained';
import { type Cursor, type Region, WHOLE } from '../../state/places';
import type { Outline } from '../../viewer/draw/draw-outlines';
import { cellAt, inImage, type MapGrid } from '../../viewer/layout/map-grid';
import { outlineOf } from './outlines';

/** A layer's cells on the picture, and what each sees of it; null where that is not known, or all of it. */
export interface LaidLayer {
  grid: MapGrid;
  field: ReceptiveField | null;
  /** Branches look at places apart, so that the cells are spread over the whole picture. */
  isSpread: boolean;
  /** Nobody knows where the cells lie, so that they are stretched over the whole picture. */
  isUnplaced: boolean;
}

/**
 * The cells of the layer explained.
 *
 * @param picture - Name of the input whose picture is seen; undefined if there is but one. Null: none is seen, so that
 * the map's own cells are all there is.
 */
export function laidLayer({ layer, run }: Explained, picture: string | undefined | null): LaidLayer | null {
  const planes = run.planes[layer];
  if (!planes) {
    return null;
  }
  const found = run.fields[layer] ?? null;
  const isSeen = picture === undefined || (picture !== null && found?.inputs.includes(picture));
  const field = isSeen ? found : null;
  const { height, width } = planes;
  return {
    grid: { height, width, region: regionCovered(field, [height, width]) },
    field: field && !field.seesAll ? field : null,
    isSpread: field?.isApart ?? false,
    isUnplaced: picture !== null && found === null
  };
}

/** From, to, along an axis counted from the last, relative to the input; all of it along one that it does not have. */
function along(field: ReceptiveField, axis: -2 | -1, cell: number): [from: number, to: number] {
  const [one, size] = [field.axes.at(axis), field.input.at(axis)];
  return one && size ? (pixelsOfCell(one, cell).map(pixel => pixel / size) as [number, number]) : [0, 1];
}

/** The part of the image that the cell under the cursor sees, cut at the image's edges. */
export function fieldOutline({ grid, field }: LaidLayer, cursor: Cursor): Outline | null {
  const cell = cellAt(grid, cursor);
  if (!cell || !field) {
    return null;
  }
  const [v0, v1] = along(field, -2, cell.row);
  const [u0, u1] = along(field, -1, cell.column);
  return outlineOf(inImage({ u0, v0, u1, v1 }), true);
}

/** The cells that see the place under the cursor, as a part of the map. */
export function seeingCells({ grid, field }: LaidLayer, { x, y }: Cursor): Region {
  const seeing = (axis: -2 | -1, place: number, count: number): [from: number, to: number] => {
    const [one, size] = [field?.axes.at(axis), field?.input.at(axis)];
    return one && size ? (cellsSeeing(one, place * size, count).map(cell => cell / count) as [number, number]) : [0, 1];
  };
  const [v0, v1] = seeing(-2, y, grid.height);
  const [u0, u1] = seeing(-1, x, grid.width);
  return field ? { u0, v0, u1, v1 } : WHOLE;
}
