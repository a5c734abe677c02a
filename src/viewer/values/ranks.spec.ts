import { expect, test } from 'vitest';
import { percentileOf, rankAmongChannels, sortedFinite } from './ranks';

test('percentiles count what is at most the value', () => {
  const sorted = sortedFinite(Float32Array.from([3, NaN, 1, 2, Infinity, 2]));
  expect([...sorted]).toEqual([1, 2, 2, 3]);
  expect([0.5, 1, 2, 2.5, 9].map(value => percentileOf(sorted, value))).toEqual([0, 25, 75, 75, 100]);
  expect(percentileOf(new Float32Array(0), 1)).toBeNaN();
});

test('the rank among channels is counted at one cell, ties share the better one', () => {
  const data = Float32Array.from([5, 0, 9, 0, 5, 1, 7, 0]);
  expect([0, 1, 2, 3].map(channel => rankAmongChannels(data, 4, channel, 0))).toEqual([3, 1, 3, 2]);
  expect(rankAmongChannels(data, 4, 2, 1)).toBe(1);
});
