/**
 * The blurred picture from which RISE's insertion starts: a Gaussian kernel of 11 x 11, sigma 5, and
 * zeros beside the picture. As in Evaluation.ipynb of eclique/RISE the kernel is what scipy's
 * `gaussian_filter` makes of a single one in 11 x 11 zeros: its tails come back from the edges.
 */
import type { MapSize } from '../method';

const SIDE = 11;
const SIGMA = 5;
/** scipy cuts the kernel at four sigma. */
const RADIUS = 4 * SIGMA;

/** One axis of the kernel. */
export const BLUR_KERNEL: readonly number[] = kernel();

function kernel(): number[] {
  const bell = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)));
  const sum = bell.reduce((a, b) => a + b, 0);
  const folded = new Array<number>(SIDE).fill(0);
  bell.forEach((weight, i) => {
    // … 2 1 0 | 0 1 2 … 10 | 10 9 …
    const place = (SIDE - 1) / 2 + i - RADIUS;
    const turned = ((place % (2 * SIDE)) + 2 * SIDE) % (2 * SIDE);
    folded[turned < SIDE ? turned : 2 * SIDE - 1 - turned] += weight / sum;
  });
  return folded;
}

/** A picture, (height, width, channels), or the slices of a volume, blurred. */
export function blurred(picture: Float32Array, { height, width, channels, slices = 1 }: MapSize): Float32Array {
  const rows = height / slices;
  const across = along(picture, width, channels, at => Math.floor(at / channels) % width);
  return along(across, rows, width * channels, at => Math.floor(at / (width * channels)) % rows);
}

/** Along one axis of `length`, whose neighbours lie `stride` apart. */
function along(values: Float32Array, length: number, stride: number, positionOf: (at: number) => number): Float32Array {
  const half = (SIDE - 1) / 2;
  return values.map((_, at) => {
    const position = positionOf(at);
    let sum = 0;
    for (let i = Math.max(-half, -position); i <= Math.min(half, length - 1 - position); i++) {
      sum += BLUR_KERNEL[i + half] * values[at + i * stride];
    }
    return sum;
  });
}
