/** One axis of an image resize as a matrix, so that resizing and its gradient are products. */

export type ResizeKind = 'nearest' | 'bilinear' | 'bicubic';

/** TensorFlow looks its cubic weights up in a table of so many fractions. */
const CUBIC_TABLE = 1024;

/** Keys' cubic kernel with a = -0.5, as `tf.image.resize(method='bicubic')`. */
function cubic(t: number): number {
  const x = Math.abs(t);
  if (x < 1) {
    return (1.5 * x - 2.5) * x * x + 1;
  }
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/**
 * The (to, from) matrix, row-major, of `tf.image.resize` without antialiasing:
 * half-pixel centres, edges repeated (bilinear) or left out and the rest
 * renormalised (bicubic).
 */
export function resizeMatrix(from: number, to: number, kind: ResizeKind): Float32Array {
  const matrix = new Float32Array(to * from);
  const scale = from / to;
  for (let i = 0; i < to; i++) {
    const row = matrix.subarray(i * from, (i + 1) * from);
    const centre = (i + 0.5) * scale;
    if (kind === 'nearest') {
      row[Math.min(Math.floor(centre), from - 1)] = 1;
      continue;
    }
    const position = centre - 0.5;
    const base = Math.floor(position);
    if (kind === 'bilinear') {
      const fraction = position - base;
      row[Math.min(Math.max(base, 0), from - 1)] += 1 - fraction;
      row[Math.min(Math.max(base + 1, 0), from - 1)] += fraction;
      continue;
    }
    let sum = 0;
    const fraction = Math.round((position - base) * CUBIC_TABLE) / CUBIC_TABLE;
    for (let j = Math.max(base - 1, 0); j <= Math.min(base + 2, from - 1); j++) {
      row[j] = cubic(base + fraction - j);
      sum += row[j];
    }
    for (let j = 0; j < from; j++) {
      row[j] /= sum;
    }
  }
  return matrix;
}
