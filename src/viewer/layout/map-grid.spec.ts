import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WHOLE } from '../../state/places';
import {
  cellAt,
  cellsAcross,
  cellsWithin,
  inImage,
  type MapGrid,
  onImage,
  onMap,
  regionOfCells,
  viewportOnImage,
  viewportOnMap
} from './map-grid';

/** Cropping2D(((70, 25), (0, 0))) on 160 x 320: rows 70 to 134 only. */
const road: MapGrid = { height: 65, width: 320, region: { u0: 0, v0: 70 / 160, u1: 1, v1: 135 / 160 } };

/** 3 x 3 cells of which those at the edges reach out of the image by half. */
const wide: MapGrid = { height: 3, width: 3, region: { u0: -0.25, v0: -0.25, u1: 1.25, v1: 1.25 } };

describe('closed forms', () => {
  test('the cells of a map that covers the image', () => {
    const at = (x: number, y: number, width: number, height: number) =>
      cellAt({ width, height, region: WHOLE }, { x, y });
    expect(at(0.999, 0, 7, 3)).toEqual({ row: 0, column: 6 });
    expect(at(0.5, 0.4, 2, 5)).toEqual({ row: 2, column: 1 });
    expect(at(1, 0.5, 7, 7)).toBeNull();
    expect(at(0.5, -0.01, 7, 7)).toBeNull();
    expect(at(NaN, 0.5, 7, 7)).toBeNull();
  });

  test('a map that covers some rows has its cells there alone', () => {
    const rowAt = (pixel: number) => cellAt(road, { x: 0.5, y: (pixel + 0.5) / 160 })?.row;
    expect([69, 70, 100, 134, 135].map(rowAt)).toEqual([undefined, 0, 30, 64, undefined]);
    expect(cellsAcross(road)).toBe(320);
    expect(cellsAcross(wide)).toBe(2);
  });

  test('a cell is drawn as far as it lies in the image', () => {
    expect(inImage(regionOfCells(wide, { row: 0, column: 2 }))).toEqual({ u0: 0.75, v0: 0, u1: 1, v1: 0.25 });
    expect(regionOfCells(road, { row: 0, column: 0 }, { row: 64, column: 319 })).toEqual(road.region);
  });

  test('the cells in a part of the image', () => {
    expect(cellsWithin(wide, WHOLE)).toEqual({ from: { row: 0, column: 0 }, end: { row: 3, column: 3 } });
    expect(cellsWithin(wide, { u0: 0.3, v0: 0.25, u1: 0.7, v1: 0.75 })).toEqual({
      from: { row: 1, column: 1 },
      end: { row: 2, column: 2 }
    });
    // Padding by a whole cell: none of it is in the image.
    const padded = { height: 4, width: 4, region: { u0: -0.5, v0: 0, u1: 1.5, v1: 1 } };
    expect(cellsWithin(padded, WHOLE)).toEqual({ from: { row: 0, column: 1 }, end: { row: 4, column: 3 } });
  });

  test('a pane of the map alone shows the place that the image shows', () => {
    expect(viewportOnMap(road.region, { x: 0.5, y: 0.5, zoom: 1 })).toEqual({ x: 0.5, y: 0.5, zoom: 1 });
    const zoomed = viewportOnMap(road.region, { x: 0.3, y: 102.5 / 160, zoom: 4 });
    expect(zoomed.x).toBeCloseTo(0.3, 12);
    expect(zoomed.y).toBeCloseTo(0.5, 12);
    // Above the map there is none to show: its first rows.
    expect(viewportOnMap(road.region, { x: 0.5, y: 0.125, zoom: 4 }).y).toBe(0.125);
  });
});

describe('properties', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const regions = fc
    .record({ u0: number(-0.5, 0.4), v0: number(-0.5, 0.4), w: number(0.2, 1.5), h: number(0.2, 1.5) })
    .map(({ u0, v0, w, h }) => ({ u0, v0, u1: u0 + w, v1: v0 + h }));
  const grids = fc.record({
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 60 }),
    region: regions
  });

  test('image -> map -> image', () => {
    fc.assert(
      fc.property(regions, number(0, 1), number(0, 1), (region, x, y) => {
        const back = onImage(region, onMap(region, { x, y }));
        expect(back.x).toBeCloseTo(x, 9);
        expect(back.y).toBeCloseTo(y, 9);
      })
    );
  });

  test('a cell holds its own middle', () => {
    fc.assert(
      fc.property(grids, fc.nat(), fc.nat(), (grid, i, j) => {
        const cell = { row: i % grid.height, column: j % grid.width };
        const { u0, v0, u1, v1 } = regionOfCells(grid, cell);
        expect(cellAt(grid, { x: (u0 + u1) / 2, y: (v0 + v1) / 2 })).toEqual(cell);
      })
    );
  });

  test('moving the map alone moves the image to the same place', () => {
    fc.assert(
      fc.property(number(0, 1), number(0, 1), number(1, 20), (x, y, zoom) => {
        // Within the image, so that neither pane has to hold the other back.
        const region = { u0: 0.2, v0: 0.3, u1: 0.9, v1: 0.8 };
        const own = viewportOnMap(region, viewportOnImage(region, { x, y, zoom }));
        const again = viewportOnMap(region, viewportOnImage(region, own));
        expect(again.x).toBeCloseTo(own.x, 9);
        expect(again.y).toBeCloseTo(own.y, 9);
      })
    );
  });
});
