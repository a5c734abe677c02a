import { expect, it } from 'vitest';
import { imageAfter } from './walk-images';

/** Eleven images in rows of four, two rows in sight. */
const go = (key: string, at: number): number | null => imageAfter(key, at, 11, 4, 2);

it.each([
  ['ArrowRight', 3, 4],
  ['ArrowLeft', 4, 3],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 10, 10],
  ['ArrowDown', 1, 5],
  ['ArrowUp', 5, 1],
  ['ArrowUp', 1, 1],
  // The last row has three images.
  ['ArrowDown', 7, 10],
  ['ArrowDown', 9, 9],
  ['PageDown', 1, 9],
  ['PageDown', 7, 10],
  ['PageUp', 9, 1],
  ['Home', 6, 0],
  ['End', 6, 10]
])('%s goes from %i to %i', (key, from, to) => expect(go(key, from)).toBe(to));

it('leaves other keys alone', () => {
  expect(go('Tab', 3)).toBeNull();
  expect(go('a', 3)).toBeNull();
});
