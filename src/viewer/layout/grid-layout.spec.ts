import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridLayout } from './grid-layout';

const layout = gridLayout({ channels: 10, width: 340, tileSize: 100, gap: 20, labelHeight: 15, mapAspect: 2 });

test('as many columns as fit, maps below their labels', () => {
  expect([layout.columns, layout.rows]).toEqual([3, 4]);
  expect(layout.rect(0)).toEqual({ x: 0, y: 15, width: 100, height: 50 });
  expect(layout.rect(4)).toEqual({ x: 120, y: 100, width: 100, height: 50 });
  expect(layout.height).toBe(4 * 85 - 20);
});

test('a window ends with a whole row, and has at least one', () => {
  expect([0, 64, 149, 150, 234, 235, 9999].map(layout.wholeRows)).toEqual([65, 65, 65, 150, 150, 235, 320]);
});

test('a tile that is wider than the grid shrinks to one column', () => {
  const narrow = gridLayout({ channels: 2, width: 60, tileSize: 100, gap: 5, labelHeight: 0, mapAspect: 1 });
  expect([narrow.columns, narrow.rect(1).width, narrow.rect(1).y]).toEqual([1, 60, 65]);
});

test('only rows in sight are visible', () => {
  expect(layout.visibleRange(0, 65)).toEqual([0, 3]);
  expect(layout.visibleRange(0, 86)).toEqual([0, 6]);
  // The first row's map ends at 65; the second's label begins at 85.
  expect(layout.visibleRange(64, 10)).toEqual([0, 3]);
  expect(layout.visibleRange(66, 10)).toEqual([3, 3]);
  expect(layout.visibleRange(255, 500)).toEqual([9, 10]);
  expect(layout.visibleRange(9999, 100)).toEqual([10, 10]);
});

test('scrolling to a tile moves no more than needed', () => {
  expect(layout.scrollTo(4, 0, 300)).toBe(0);
  expect(layout.scrollTo(9, 0, 100)).toBe(255 + 65 - 100);
  expect(layout.scrollTo(0, 200, 100)).toBe(0);
});

test('places in gaps and behind the last tile belong to no tile', () => {
  expect(layout.indexAt(110, 20)).toBe(-1);
  expect(layout.indexAt(10, 70)).toBe(-1);
  expect(layout.indexAt(130, 270)).toBe(-1);
  expect(layout.indexAt(-1, 20)).toBe(-1);
  expect(layout.indexAt(10, 5)).toBe(0);
});

test('every tile is found at its own centre, overlaps none, and is visible where it lies', () => {
  const options = fc.record({
    channels: fc.integer({ min: 1, max: 300 }),
    width: fc.integer({ min: 20, max: 1500 }),
    tileSize: fc.integer({ min: 10, max: 300 }),
    gap: fc.integer({ min: 0, max: 20 }),
    labelHeight: fc.integer({ min: 0, max: 20 }),
    mapAspect: fc.double({ min: 0.2, max: 5, noNaN: true })
  });
  fc.assert(
    fc.property(options, fc.nat(), (given, seed) => {
      const any = gridLayout(given);
      const index = seed % given.channels;
      const { x, y, width, height } = any.rect(index);
      expect(any.indexAt(x + width / 2, y + height / 2)).toBe(index);
      expect(x + width).toBeLessThanOrEqual(given.width + 1e-9);
      expect(y + height).toBeLessThanOrEqual(any.height + 1e-6);
      const [first, last] = any.visibleRange(y + height / 2, 1);
      expect(index).toBeGreaterThanOrEqual(first);
      expect(index).toBeLessThan(last);
    })
  );
});
