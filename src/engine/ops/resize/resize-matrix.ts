/** One axis of an image resize as a matrix, so that resizing and its gradient are products. */
import { KERNEL_RADIUS } from '../../../graph/classes/resize-geometry';

type Kernel = keyof typeof KERNEL_RADIUS;

export type ResizeKind = Kernel | 'nearest' | 'area' | 'adaptive';

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

/** Mitchell and Netravali's, with B = C = 1 / 3. */
function mitchell(t: number): number {
  const x = Math.abs(t);
  if (x < 1) {
    return ((7 / 6) * x - 2) * x * x + 8 / 9;
  }
  return x < 2 ? ((-7 / 18) * x + 2) * x * x - (10 / 3) * x + 16 / 9 : 0;
}

function lanczos(t: number, radius: number): number {
  const x = Math.abs(t);
  if (x > radius) {
    return 0;
  }
  return x <= 1e-3 ? 1 : (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2;
}

/** Kernels of TensorFlow's `ScaleAndTranslate`. */
const KERNELS: Readonly<Record<Kernel, (x: number) => number>> = {
  bilinear: x => Math.max(1 - Math.abs(x), 0),
  bicubic: cubic,
  lanczos3: x => lanczos(x, KERNEL_RADIUS.lanczos3),
  lanczos5: x => lanczos(x, KERNEL_RADIUS.lanczos5),
  gaussian: x => (Math.abs(x) >= KERNEL_RADIUS.gaussian ? 0 : Math.exp((-x * x) / (2 * 0.5 * 0.5))),
  mitchellcubic: mitchell
};

/** A kernel laid over the input's cells, widened where the image shrinks and is smoothed. */
function smoothed(from: number, to: number, kind: Kernel, antialias: boolean): Float32Array {
  const matrix = new Float32Array(to * from);
  const [radius, kernel] = [KERNEL_RADIUS[kind], KERNELS[kind]];
  const scale = from / to;
  const width = antialias ? Math.max(scale, 1) : 1;
  for (let i = 0; i < to; i++) {
    const middle = (i + 0.5) * scale;
    const start = Math.max(Math.ceil(middle - radius * width - 0.5), 0);
    const end = Math.min(Math.floor(middle + radius * width - 0.5), from - 1);
    const weights = Array.from({ length: end - start + 1 }, (_, j) => kernel((start + j + 0.5 - middle) / width));
    const sum = weights.reduce((a, b) => a + b, 0);
    weights.forEach((weight, j) => (matrix[i * from + start + j] = weight / sum));
  }
  return matrix;
}

/** Start and end of the windows that share an axis out, which may overlap by a cell. */
export const adaptiveWindows = (from: number, to: number): [start: number, end: number][] =>
  Array.from({ length: to }, (_, i) => [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)]);

/** Means of all cells between two edges, by the shares of them that lie between these. */
function averaged(from: number, edges: readonly [start: number, end: number][]): Float32Array {
  const matrix = new Float32Array(edges.length * from);
  edges.forEach(([start, end], i) => {
    for (let j = Math.floor(start); j < Math.min(Math.ceil(end), from); j++) {
      matrix[i * from + j] = (Math.min(j + 1, end) - Math.max(j, start)) / (end - start);
    }
  });
  return matrix;
}

/** The part of the input that each cell of the output covers. */
const coveredBy = (from: number, to: number): [start: number, end: number][] =>
  Array.from({ length: to }, (_, i) => [(i * from) / to, ((i + 1) * from) / to]);

/**
 * The (to, from) matrix, row-major, of `tf.image.resize`: half-pixel centres,
 * edges repeated (bilinear) or left out and the rest renormalised (others); `adaptive` is
 * adaptive average pooling.
 */
export function resizeMatrix(from: number, to: number, kind: ResizeKind, antialias = false): Float32Array {
  if (kind === 'area' || kind === 'adaptive') {
    return averaged(from, kind === 'area' ? coveredBy(from, to) : adaptiveWindows(from, to));
  }
  return kind === 'nearest' || (!antialias && (kind === 'bilinear' || kind === 'bicubic'))
    ? sampled(from, to, kind)
    : smoothed(from, to, kind, antialias);
}

function sampled(from: number, to: number, kind: ResizeKind): Float32Array {
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
