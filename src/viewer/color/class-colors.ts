/**
 * Colours that tell classes apart, also with impaired colour vision: Okabe and Ito 2008,
 * https://jfly.uni-koeln.de/color, without black, and wine of Tol 2021. Where there are more
 * classes than colours, the same colours come again with a pattern.
 */

export type Rgb = readonly [number, number, number];

export const CLASS_COLORS: readonly Rgb[] = [
  [86, 180, 233],
  [230, 159, 0],
  [0, 158, 115],
  [240, 228, 66],
  [204, 121, 167],
  [213, 94, 0],
  [0, 114, 178],
  [136, 34, 85]
];

/** Pixels of a pattern's period. */
const PERIOD = 8;

/** By pixel, whether a pattern's ink is there: none, diagonal, horizontal, vertical, the other diagonal. */
const PATTERNS: readonly ((x: number, y: number) => boolean)[] = [
  () => false,
  (x, y) => (x + y) % PERIOD < 3,
  (_, y) => y % PERIOD < 3,
  x => x % PERIOD < 3,
  (x, y) => (x + PERIOD * 4096 - y) % PERIOD < 3
];

/** Directions of the patterns as CSS has them. */
const ANGLES = [null, 135, 180, 90, 45] as const;

const patternOf = (index: number): number => Math.floor(index / CLASS_COLORS.length) % PATTERNS.length;

const classColor = (index: number): Rgb => CLASS_COLORS[index % CLASS_COLORS.length];

/** The ink of a pattern over a colour: what it stands out from. */
const inkOn = ([r, g, b]: Rgb): Rgb => (0.3 * r + 0.6 * g + 0.1 * b > 110 ? [30, 30, 30] : [255, 255, 255]);

/** The colour of a class at a pixel. */
export function classPixel(index: number, x: number, y: number): Rgb {
  const color = classColor(index);
  return PATTERNS[patternOf(index)](x, y) ? inkOn(color) : color;
}

/** The same as a CSS background, for a legend; and a colour to write on it with. */
export function classSwatch(index: number): { background: string; color: string } {
  const color = classColor(index);
  const [plain, ink] = [color, inkOn(color)].map(rgb => `rgb(${rgb.join(' ')})`);
  const angle = ANGLES[patternOf(index)];
  return {
    background: angle === null ? plain : `repeating-linear-gradient(${angle}deg, ${ink} 0 2px, ${plain} 2px 6px)`,
    color: ink
  };
}
