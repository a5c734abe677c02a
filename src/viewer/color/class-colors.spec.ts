import { expect, it } from 'vitest';
import { CLASS_COLORS, classPixel, classSwatch, type Rgb } from './class-colors';

/** Linear RGB as Machado, Oliveira and Fernandes 2009 have it seen without a cone, severity 1. */
const DEFICIENCIES: Record<string, readonly Rgb[]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ]
};

const linear = (value: number): number =>
  value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;

/** CIELAB of a colour as it is seen. */
function lab(rgb: Rgb, matrix: readonly Rgb[]): Rgb {
  const of = rgb.map(linear);
  const seen = matrix.map(row =>
    Math.min(
      Math.max(
        row.reduce((sum, factor, i) => sum + factor * of[i], 0),
        0
      ),
      1
    )
  );
  const [x, y, z] = [
    (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505,
    0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2],
    (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089
  ].map(value => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

it.each(Object.entries(DEFICIENCIES))('every two colours are told apart: %s', (_, matrix) => {
  const seen = CLASS_COLORS.map(color => lab(color, matrix));
  seen.forEach((a, i) =>
    seen.slice(i + 1).forEach((b, j) => {
      // 10 is plain to see side by side; 2.3 is just noticeable.
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${i} and ${i + 1 + j}`).toBeGreaterThan(10);
    })
  );
});

it('gives classes beyond the colours a pattern, in the picture and in the legend alike', () => {
  const count = CLASS_COLORS.length;
  const inks = (index: number): number => {
    const pixels = Array.from({ length: 64 }, (_, i) => classPixel(index, i % 8, Math.floor(i / 8)).join());
    return new Set(pixels).size;
  };
  expect([inks(0), inks(count), inks(2 * count), inks(5 * count - 1)]).toEqual([1, 2, 2, 2]);
  expect(classSwatch(1).background).not.toContain('gradient');
  const patterns = [1, 2, 3, 4].map(times => classSwatch(times * count).background);
  expect(new Set(patterns).size).toBe(4);
  expect(patterns.every(background => background.includes('gradient'))).toBe(true);
});
