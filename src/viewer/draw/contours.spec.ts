import { describe, expect, it } from 'vitest';
import { contourLevels, contourLines } from './contours';

const map = (width: number, height: number, value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: width * height }, (_, i) => value((i % width) + 0.5, Math.floor(i / width) + 0.5));

describe('contourLines', () => {
  it('of a ramp is one straight line from border to border, where the ramp has the level', () => {
    // Value x over 7 columns: level 2.8 is at 2.8 / 7 = 0.4.
    const [{ lines }] = contourLines(
      map(7, 5, x => x),
      7,
      5,
      [2.8],
      true
    );
    expect(lines).toHaveLength(1);
    lines[0].forEach(([x]) => expect(x).toBeCloseTo(0.4, 2));
    const ys = lines[0].map(([, y]) => y);
    expect(Math.min(...ys)).toBeLessThan(0.02);
    expect(Math.max(...ys)).toBeGreaterThan(0.98);
  });

  it('of a cone is a circle', () => {
    const [{ lines }] = contourLines(
      map(60, 60, (x, y) => -Math.hypot(x - 30, y - 30)),
      60,
      60,
      [-15],
      true
    );
    expect(lines).toHaveLength(1);
    lines[0].forEach(([x, y]) => expect(Math.hypot(x - 0.5, y - 0.5)).toBeCloseTo(0.25, 2));
  });

  it('of true cells follows their edges', () => {
    const [{ lines }] = contourLines(Float32Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]), 3, 3, [0.5], false);
    expect(lines).toHaveLength(1);
    for (const [x, y] of lines[0]) {
      const nearest = Math.min(...[1 / 3, 2 / 3].flatMap(edge => [Math.abs(x - edge), Math.abs(y - edge)]));
      expect(nearest).toBeLessThan(0.006);
    }
  });

  it('is empty for a level that the map does not reach, and for one that it nowhere falls below', () => {
    const ramp = map(8, 8, x => x);
    expect(contourLines(ramp, 8, 8, [-3, 99], true).map(({ lines }) => lines.length)).toEqual([0, 0]);
  });

  it('passes over NaN', () => {
    const ramp = map(7, 5, x => x);
    ramp[17] = NaN;
    contourLines(ramp, 7, 5, [2.8], true)[0]
      .lines.flat()
      .forEach(([x, y]) => {
        expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      });
  });
});

it('of a map that is larger than the screen follow means of neighbours, in the same place', () => {
  const [{ lines }] = contourLines(
    map(1300, 700, x => x),
    1300,
    700,
    [325],
    true
  );
  expect(lines).toHaveLength(1);
  expect(lines[0].length).toBeLessThan(600);
  lines[0].forEach(([x]) => expect(x).toBeCloseTo(0.25, 3));
});

it('contourLevels cut a range into equal parts', () => {
  expect(contourLevels(0, 8, 3)).toEqual([2, 4, 6]);
  expect(contourLevels(2, 2, 3)).toEqual([]);
});
