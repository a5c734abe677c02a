import { expect, it } from 'vitest';
import { middleLeftOut, rankEffects } from './rank-effects';

it('ranks channels by how far the score falls without them, equal ones by index', () => {
  const ranked = rankEffects({ score: 3, scores: Float64Array.of(3, 1, 5, 1) });
  expect(ranked.map(({ channel, change }) => [channel, change])).toEqual([
    [1, -2],
    [3, -2],
    [0, 0],
    [2, 2]
  ]);
});

it('takes what only rounds otherwise for no change, and such channels for equal', () => {
  const score = Math.fround(12.345);
  const scores = Float64Array.of(score + 2e-6, score - 1e-6, score - 1e-3, score + 1e-6);
  expect(rankEffects({ score, scores }).map(({ channel, change }) => [channel, change])).toEqual([
    [2, expect.closeTo(-1e-3, 9)],
    [0, 0],
    [1, 0],
    [3, 0]
  ]);
  // What is as small against a small score is a change.
  expect(rankEffects({ score: 1e-6, scores: Float64Array.of(0) })[0].change).toBe(-1e-6);
});

it('leaves the middle of a long list out', () => {
  const rows = middleLeftOut(Array.from({ length: 100 }, (_, i) => i));
  expect(rows).toHaveLength(41);
  expect(rows[20]).toBeNull();
  expect(rows.at(-1)).toBe(99);
  expect(middleLeftOut([1, 2])).toEqual([1, 2]);
});
