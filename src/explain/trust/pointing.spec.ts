import { expect, it } from 'vitest';
import { pointingGame } from './pointing';

const map = [1, 4, 0, 3, -8, 4];

it.each([
  { inside: [1], hit: true, share: 4 / 12 },
  // Any of equal maxima.
  { inside: [5, 4], hit: true, share: 4 / 12 },
  { inside: [0, 3, 4], hit: false, share: 4 / 12 },
  { inside: [], hit: null, share: 0 },
  { inside: [0, 1, 2, 3, 4, 5], hit: true, share: 1 }
])('of $inside is $hit, the share of what is positive $share', ({ inside, hit, share }) => {
  const found = pointingGame(map, inside);
  expect(found.hit).toBe(hit);
  expect(found.share).toBeCloseTo(share, 12);
  expect(found.area).toBeCloseTo(inside.length / 6, 12);
});

it('says nothing of an empty map', () => {
  expect(pointingGame([0, 0, 0], [1])).toEqual({ hit: null, share: null, area: 1 / 3 });
});
