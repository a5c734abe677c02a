import { expect, test } from 'vitest';
import { Pace } from './pace';

test('nothing is coarser before anything was drawn, or where drawing costs nothing', () => {
  const pace = new Pace();
  expect(pace.resolutionFor(1e6, 8)).toBe(1);
  pace.record(1e6, 0);
  expect(pace.resolutionFor(1e7, 8)).toBe(1);
});

test('the resolution is the finest step at which the pixels are drawn in time', () => {
  const pace = new Pace();
  pace.record(1e6, 64);
  // 64 ns a pixel: a million pixels take 64 ms, a quarter of them 16 ms.
  expect(pace.resolutionFor(1e6, 64)).toBe(1);
  expect(pace.resolutionFor(1e6, 63)).toBe(0.7);
  expect(pace.resolutionFor(1e6, 16)).toBe(0.5);
  expect(pace.resolutionFor(1e6, 15)).toBe(0.35);
  expect(pace.resolutionFor(1e6, 1)).toBe(0.25);
});

test('the cost of a pixel follows what is measured, and small drawings do not count', () => {
  const pace = new Pace();
  pace.record(1e6, 64);
  pace.record(100, 50);
  expect(pace.resolutionFor(1e6, 16)).toBe(0.5);
  for (let i = 0; i < 40; i++) {
    pace.record(1e6, 4);
  }
  expect(pace.resolutionFor(1e6, 8)).toBe(1);
});
