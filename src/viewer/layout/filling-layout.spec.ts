import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillingLayout } from './filling-layout';

/** The part of a window that whole rows of many tiles leave empty. */
function emptyOf(width: number, height: number, aspect: number): number {
  const layout = fillingLayout({ channels: 5000, width, height, aspect });
  return (height - layout.wholeRows(height)) / height;
}

test('all channels in sight have the largest tiles that do', () => {
  const layout = fillingLayout({ channels: 4, width: 405, height: 460, aspect: 1 });
  expect([layout.columns, layout.rect(0).width]).toEqual([2, 200]);
});

test('a window is filled by whole rows', () => {
  // Five columns make three rows of 103 px; four would leave 75 px empty under two.
  expect(fillingLayout({ channels: 32, width: 429, height: 315, aspect: 1 }).columns).toBe(5);
});

test('a low window shows many maps, not one', () => {
  expect(fillingLayout({ channels: 32, width: 300, height: 200, aspect: 1 }).columns).toBe(4);
});

test('any that can be is, within a tenth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 400, max: 1200 }),
      fc.integer({ min: 250, max: 900 }),
      fc.double({ min: 0.5, max: 5, noNaN: true }),
      (width, height, aspect) => {
        const most = Math.floor((width + 5) / 73);
        const fewest = Math.ceil(most / 2);
        const others = Array.from({ length: most - fewest + 1 }, (_, i) => {
          const columns = fewest + i;
          const tile = Math.min(200, (width - 5 * (columns - 1)) / columns);
          const pitch = 13 + tile / aspect + 5;
          const rows = Math.max(1, Math.floor((height + 5) / pitch));
          const left = height - (rows * pitch - 5);
          return left < 0 ? 1 : left / height;
        });
        expect(emptyOf(width, height, aspect)).toBeLessThanOrEqual(Math.max(0.1, Math.min(...others)) + 1e-6);
      }
    )
  );
});

test('tiles are of a size that can be read, and fill the rows', () => {
  const { columns, rect } = fillingLayout({ channels: 5000, width: 500, height: 300, aspect: 1 });
  expect(rect(0).width).toBeGreaterThanOrEqual(68);
  expect(rect(columns - 1).x + rect(columns - 1).width).toBeCloseTo(500);
});
