import { describe, expect, it } from 'vitest';
import { linesOfLevel } from './marching-squares';

const noise = (columns: number, rows: number): Float32Array => {
  let state = 7;
  return Float32Array.from({ length: columns * rows }, () => (state = (state * 48271) % 2147483647) / 2147483647);
};

describe('lines of a level', () => {
  it.each([
    [40, 30, 0.5],
    [3, 70, 0.2],
    [300, 300, 0.5]
  ])('pass each crossed edge once, in noise of %i x %i', (columns, rows, level) => {
    const values = noise(columns, rows);
    const isHigh = (at: number): boolean => values[at] >= level;
    let crossed = 0;
    values.forEach((_, at) => {
      crossed += Number((at + 1) % columns !== 0 && isHigh(at) !== isHigh(at + 1));
      crossed += Number(at + columns < values.length && isHigh(at) !== isHigh(at + columns));
    });
    const lines = linesOfLevel({ values, columns, rows }, level, true);
    const places = lines.map(line => {
      const isClosed = line.length > 2 && line[0].join() === line[line.length - 1].join();
      const [x, y] = line[0];
      const isAtEdge = x === 0 || y === 0 || x === columns - 1 || y === rows - 1;
      expect(isClosed || isAtEdge).toBe(true);
      return line.length - Number(isClosed);
    });
    expect(places.reduce((sum, count) => sum + count, 0)).toBe(crossed);
  });

  it('join what is high across a square, where its middle is', () => {
    const square = (low: number): Float32Array => Float32Array.from([1, low, low, 1]);
    const at = (values: Float32Array): number =>
      Math.abs(linesOfLevel({ values, columns: 2, rows: 2 }, 0.5, false)[0].reduce((sum, [x, y]) => sum + x - y, 0));
    // From the left side down around a low corner, (0, 0.5) to (0.5, 1), or up around the high one, to (0.5, 0).
    expect(at(square(0.4))).toBe(1);
    expect(at(square(-1))).toBe(0);
  });

  it('keep NaN out', () => {
    const values = Float32Array.from([0, NaN, 1, 1, 0, 1]);
    const lines = linesOfLevel({ values, columns: 3, rows: 2 }, 0.5, true);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.flat(2).every(Number.isFinite)).toBe(true);
  });
});
