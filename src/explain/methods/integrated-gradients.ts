/**
 * Integrated gradients: Sundararajan, Taly and Yan, "Axiomatic Attribution for
 * Deep Networks", ICML 2017: (x - x') times the integral of the gradient along
 * the straight line from the baseline x' to x, here by Gauss-Legendre
 * quadrature as in captum, summed over the input's channels. Signed.
 *
 * Completeness (their proposition 1): the map adds up to score(x) - score(x').
 * Both are given, so that the error of the quadrature can be seen.
 */
import type { MapSize } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { gaussLegendre } from '../quadrature';

export interface IntegratedGradients {
  map: Float32Array;
  /** Sum of the map. */
  attributed: number;
  /** score(x) - score(baseline). */
  difference: number;
}

/** @param picture - The model's input, one sample, (height, width, channels). */
export async function integratedGradients(
  picture: Float32Array,
  { height, width, channels }: MapSize,
  probe: ModelProbe,
  { steps = 50, baseline = 0 }: { steps?: number; baseline?: number } = {}
): Promise<IntegratedGradients> {
  const { points, weights } = gaussLegendre(steps);
  const sums = new Float64Array(picture.length);
  await inBatches(
    probe,
    steps,
    picture.length,
    (i, step) => picture.forEach((value, at) => (step[at] = baseline + points[i] * (value - baseline))),
    (pictures, count) => probe.gradients(pictures, count),
    (gradients, first) =>
      gradients.forEach((g, at) => (sums[at % picture.length] += weights[first + Math.floor(at / picture.length)] * g))
  );
  const map = new Float64Array(height * width);
  sums.forEach((sum, at) => (map[Math.floor(at / channels)] += sum * (picture[at] - baseline)));
  const ends = new Float32Array(2 * picture.length).fill(baseline);
  ends.set(picture);
  const [end, start] = await probe.scores(ends, 2);
  return { map: Float32Array.from(map), attributed: map.reduce((a, b) => a + b, 0), difference: end - start };
}
