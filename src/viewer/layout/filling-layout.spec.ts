import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillingLayout } from './filling-layout';

/** What is seen of the map in the last row of a window, as a part of it; 1 where all is in sight. */
function seenOfLast(channels: number, width: number, height: number, aspect: number): number {
  const layout = fillingLayout({ channels, width, height, aspect });
  const [, end] = layout.visibleRange(0, height);
  const { y, height: map } = layout.rect(end - 1);
  return Math.min(1, (height - y) / map);
}

test('all channels in sight have the largest tiles that do', () => {
  const layout = fillingLayout({ channels: 4, width: 405, height: 460, aspect: 1 });
  expect([layout.columns, layout.rect(0).width]).toEqual([2, 200]);
});

test('a window of wide flat tiles does not end with a row of labels', () => {
  // 7 columns of 68 px: rows of 31.6 px, of which the ninth would show 7 px, its numbers.
  expect(seenOfLast(300, 506, 260, 5)).toBeGreaterThanOrEqual(0.4);
});

test('nor does any that has another choice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 1200 }),
      fc.integer({ min: 150, max: 900 }),
      fc.double({ min: 0.5, max: 5, noNaN: true }),
      (width, height, aspect) => {
        const seen = seenOfLast(5000, width, height, aspect);
        const { columns } = fillingLayout({ channels: 5000, width, height, aspect });
        const most = Math.floor((width + 5) / 73);
        // The smallest tiles are kept only where no others are better.
        expect(seen >= 0.4 - 1e-9 || columns === most).toBe(true);
      }
    )
  );
});

test('tiles are of a size that can be read, and fill the rows', () => {
  const { columns, rect } = fillingLayout({ channels: 5000, width: 500, height: 300, aspect: 1 });
  expect(rect(0).width).toBeGreaterThanOrEqual(68);
  expect(rect(columns - 1).x + rect(columns - 1).width).toBeCloseTo(500);
});
