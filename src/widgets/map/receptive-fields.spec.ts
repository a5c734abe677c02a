import { describe, expect, it } from 'vitest';
import type { Planes } from '../../engine/protocol/protocol';
import type { AxisField, ReceptiveField } from '../../graph/receptive-field';
import type { Explained } from '../../session/model/explained';
import { WHOLE } from '../../state/places';
import { fieldOutline, laidLayer, seeingCells } from './receptive-fields';

/** 4 x 4 cells, two pixels apart, on rows 4 to 11 and all columns of 16 x 8; each sees three pixels. */
const along = (start: number): AxisField => ({ jump: 2, size: 3, start });
const FIELD: ReceptiveField = {
  axes: [along(5), along(1)],
  input: [16, 8],
  inputs: ['left'],
  seesAll: false,
  isApart: false
};
const explained = (field: ReceptiveField | null): Explained =>
  ({
    layer: 'conv',
    run: { planes: { conv: { height: 4, width: 4 } as Planes }, fields: { conv: field } }
  }) as unknown as Explained;

describe('laidLayer', () => {
  it('lays the cells where they look', () => {
    expect(laidLayer(explained(FIELD), undefined)?.grid.region).toEqual({ u0: 0, v0: 0.25, u1: 1, v1: 0.75 });
  });

  it('spreads them where nothing is known, branches disagree, or another picture is seen', () => {
    expect(laidLayer(explained(null), undefined)).toMatchObject({ grid: { region: WHOLE }, isUnplaced: true });
    expect(laidLayer(explained(FIELD), undefined)?.isUnplaced).toBe(false);
    // Without a picture there is no place to know.
    expect(laidLayer(explained(null), null)?.isUnplaced).toBe(false);
    expect(laidLayer(explained({ ...FIELD, isApart: true }), undefined)).toMatchObject({
      grid: { region: WHOLE },
      isSpread: true
    });
    expect(laidLayer(explained(FIELD), 'right')).toMatchObject({ grid: { region: WHOLE }, field: null });
    expect(laidLayer(explained(FIELD), null)).toMatchObject({ grid: { region: WHOLE }, field: null });
    expect(laidLayer(explained(FIELD), 'left')?.field).toBe(FIELD);
  });

  it('has no frame where cells see everything, and lays them all the same', () => {
    const laid = laidLayer(explained({ ...FIELD, seesAll: true }), undefined);
    expect(laid).toMatchObject({ grid: { region: { v0: 0.25 } }, field: null });
  });
});

describe('the frame', () => {
  const laid = laidLayer(explained(FIELD), undefined)!;

  it('is what the cell under the cursor sees, cut at the edges of the image', () => {
    // Row 1, column 0: rows 5.5 to 8.5, columns -0.5 to 2.5.
    expect(fieldOutline(laid, { x: 0.1, y: 0.4 })?.points).toEqual([
      [0, 5.5 / 16],
      [2.5 / 8, 5.5 / 16],
      [2.5 / 8, 8.5 / 16],
      [0, 8.5 / 16]
    ]);
    expect(fieldOutline(laid, { x: 0.1, y: 0.2 })).toBeNull();
  });

  it('in the maps is of the cells that see a place, one that no cell covers too', () => {
    expect(seeingCells(laid, { x: 0.5, y: 0.5 })).toEqual({ u0: 0.25, v0: 0.25, u1: 0.75, v1: 0.75 });
    expect(seeingCells(laid, { x: 0.5, y: 3.8 / 16 })).toMatchObject({ v0: 0, v1: 0.25 });
  });

  it('of a signal has all rows', () => {
    const signal = laidLayer(explained({ ...FIELD, axes: [along(1)], input: [8] }), undefined)!;
    expect(fieldOutline(signal, { x: 0.3, y: 0.5 })?.points[0]).toEqual([1.5 / 8, 0]);
    expect(seeingCells(signal, { x: 0.5, y: 0.9 })).toMatchObject({ v0: 0, v1: 1 });
  });
});
