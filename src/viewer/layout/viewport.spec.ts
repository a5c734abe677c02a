import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clampViewport,
  FIT,
  fitRegion,
  imageAt,
  imageSize,
  maxZoom,
  pan,
  type Pane,
  pixelAt,
  visibleRegion,
  zoomAt
} from './viewport';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const panes = fc.record({ width: number(10, 4000), height: number(10, 4000), aspect: number(0.1, 10) });
const unit = number(0, 1);
const viewports = fc.record({ x: unit, y: unit, zoom: number(1, 64) });

const wide: Pane = { width: 400, height: 100, aspect: 2 };

describe('closed forms', () => {
  test('the image is contained and centred at zoom 1', () => {
    expect(imageSize(wide)).toEqual({ width: 200, height: 100 });
    expect(visibleRegion(FIT, wide)).toEqual({ u0: -0.5, v0: 0, u1: 1.5, v1: 1 });
    expect(pixelAt(FIT, wide, 0, 0)).toEqual({ x: 100, y: 0 });
    expect(imageAt(FIT, wide, 300, 100)).toEqual({ x: 1, y: 1 });
  });

  test('zooming in twice at a corner shows that quarter', () => {
    const square = { width: 100, height: 100, aspect: 1 };
    const corner = zoomAt(FIT, square, 2, 0, 0);
    expect(visibleRegion(corner, square)).toEqual({ u0: 0, v0: 0, u1: 0.5, v1: 0.5 });
  });

  test('one can zoom until a cell is 200 px wide', () => {
    const pane = { width: 100, height: 100, aspect: 1 };
    expect(maxZoom(pane, 7)).toBe(64);
    expect(maxZoom(pane, 56)).toBe(112);
  });

  test('a region is shown whole', () => {
    expect(fitRegion({ u0: 0.25, v0: 0.5, u1: 0.5, v1: 0.75 }, wide)).toEqual({ x: 0.375, y: 0.625, zoom: 4 });
  });
});

describe('properties', () => {
  test('image -> pixel -> image', () => {
    fc.assert(
      fc.property(viewports, panes, unit, unit, (viewport, pane, u, v) => {
        const pixel = pixelAt(viewport, pane, u, v);
        const back = imageAt(viewport, pane, pixel.x, pixel.y);
        expect(back.x).toBeCloseTo(u, 9);
        expect(back.y).toBeCloseTo(v, 9);
      })
    );
  });

  test("the pane's corners show the visible region's corners", () => {
    fc.assert(
      fc.property(viewports, panes, (viewport, pane) => {
        const region = visibleRegion(viewport, pane);
        const first = imageAt(viewport, pane, 0, 0);
        const last = imageAt(viewport, pane, pane.width, pane.height);
        [first.x - region.u0, first.y - region.v0, last.x - region.u1, last.y - region.v1].forEach(difference =>
          expect(difference).toBeCloseTo(0, 9)
        );
      })
    );
  });

  test('the image keeps its shape and never more than fills the pane at zoom 1', () => {
    fc.assert(
      fc.property(panes, pane => {
        const size = imageSize(pane);
        expect(size.width / size.height).toBeCloseTo(pane.aspect, 9);
        expect(size.width).toBeLessThanOrEqual(pane.width * (1 + 1e-12));
        expect(size.height).toBeLessThanOrEqual(pane.height * (1 + 1e-12));
        expect(Math.max(size.width / pane.width, size.height / pane.height)).toBeCloseTo(1, 9);
      })
    );
  });

  test('zoomAt keeps the point under the cursor', () => {
    fc.assert(
      fc.property(viewports, panes, number(0.05, 20), unit, unit, (viewport, pane, factor, fx, fy) => {
        const [px, py] = [fx * pane.width, fy * pane.height];
        const before = imageAt(viewport, pane, px, py);
        const zoomed = zoomAt(viewport, pane, factor, px, py);
        const after = imageAt(zoomed, pane, px, py);
        expect(after.x).toBeCloseTo(before.x, 8);
        expect(after.y).toBeCloseTo(before.y, 8);
        expect(zoomed.zoom).toBeGreaterThanOrEqual(1);
        expect(zoomed.zoom).toBeLessThanOrEqual(64);
      })
    );
  });

  test('zooming in at a point of the image needs no clamping', () => {
    fc.assert(
      fc.property(viewports, panes, number(1, 20), unit, unit, (start, pane, factor, u, v) => {
        const viewport = clampViewport(start);
        const { x, y } = pixelAt(viewport, pane, u, v);
        const zoomed = zoomAt(viewport, pane, factor, x, y);
        const clamped = clampViewport(zoomed);
        expect(clamped.x).toBeCloseTo(zoomed.x, 9);
        expect(clamped.y).toBeCloseTo(zoomed.y, 9);
      })
    );
  });

  test('panning back undoes panning', () => {
    fc.assert(
      fc.property(viewports, panes, number(-500, 500), number(-500, 500), (viewport, pane, dx, dy) => {
        const back = pan(pan(viewport, pane, dx, dy), pane, -dx, -dy);
        expect(back.x).toBeCloseTo(viewport.x, 9);
        expect(back.y).toBeCloseTo(viewport.y, 9);
      })
    );
  });

  test('panning moves a point by so many pixels', () => {
    fc.assert(
      fc.property(viewports, panes, number(-500, 500), number(-500, 500), (viewport, pane, dx, dy) => {
        const before = pixelAt(viewport, pane, 0.3, 0.6);
        const after = pixelAt(pan(viewport, pane, dx, dy), pane, 0.3, 0.6);
        expect(after.x - before.x).toBeCloseTo(dx, 5);
        expect(after.y - before.y).toBeCloseTo(dy, 5);
      })
    );
  });

  test('a clamped viewport shows the image at the centre, stays when clamped again, and is the fit at zoom 1', () => {
    fc.assert(
      fc.property(number(-5, 5), number(-5, 5), number(0.1, 200), (x, y, zoom) => {
        const clamped = clampViewport({ x, y, zoom });
        expect(clampViewport(clamped)).toEqual(clamped);
        const inside = visibleRegion(clamped, { width: 1, height: 1, aspect: 1 });
        expect(inside.u0).toBeGreaterThanOrEqual(-1e-12);
        expect(inside.v1).toBeLessThanOrEqual(1 + 1e-12);
        expect(clampViewport({ x, y, zoom: 1 })).toEqual(FIT);
      })
    );
  });
});
