/** Masks of an experiment: cells of a picture that are covered, 1 inside. */
import { cellsOfMask, maskOfCells, resampled } from '../../explain/pixels';
import { type Place, placed } from '../../explain/upsample';
import type { PixelMask, RegionOfInterest } from '../../state/view-state';
import { isWithin, spansAt } from '../../viewer/values/region';

export type Shape = PixelMask['shape'];

/** Cells along the longer side at most: larger pictures are covered in blocks of pixels. */
const FINEST = 512;

/** The cells in which a picture is covered: its pixels, where it is not larger than {@link FINEST}. */
export function maskShape({ width, height }: { width: number; height: number }): Shape {
  const scale = Math.min(1, FINEST / Math.max(width, height));
  return [height, width].map(side => Math.max(1, Math.round(side * scale))) as unknown as Shape;
}

/** A mask's cells in another shape; none where there is no mask. */
export function cellsIn(mask: PixelMask | undefined, [rows, columns]: Shape): Uint8Array {
  const cells = mask && cellsOfMask(mask);
  if (!mask || !cells) {
    return new Uint8Array(rows * columns);
  }
  return String(mask.shape) === String([rows, columns]) ? cells : resampled(cells, mask.shape, [rows, columns]);
}

/** Null where nothing is covered. */
export const coverOf = (cells: Uint8Array, shape: Shape): PixelMask | undefined =>
  cells.includes(1) ? maskOfCells(cells, shape) : undefined;

export const inverted = (cells: Uint8Array): Uint8Array => cells.map(cell => 1 - cell);

/** The cells whose middle lies in a region, set or cleared. A copy. */
export function withRegion(
  cells: Uint8Array,
  [rows, columns]: Shape,
  region: RegionOfInterest,
  value: 0 | 1
): Uint8Array {
  const made = cells.slice();
  for (let row = 0; row < rows; row++) {
    const spans = spansAt(region, (row + 0.5) / rows);
    for (let column = 0; spans.length > 0 && column < columns; column++) {
      if (isWithin(spans, (column + 0.5) / columns)) {
        made[row * columns + column] = value;
      }
    }
  }
  return made;
}

interface MarkingMap {
  values: Float32Array;
  height: number;
  width: number;
  /** The part of the picture that its cells cover. */
  region: Place;
}

/** What a map marks: where it, laid on the picture bilinearly, reaches a share of its largest value; nothing where no cell looks. */
export function markedBy({ values, height, width, region }: MarkingMap, shape: Shape, share: number): Uint8Array {
  const [rows, columns] = shape;
  const laid = placed(values, { height, width }, { height: rows, width: columns }, region, 'nothing');
  const largest = values.reduce((most, value) => (value > most ? value : most), 0);
  return Uint8Array.from(laid, value => Number(largest > 0 && value >= share * largest));
}
