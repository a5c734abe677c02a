/**
 * Deletion and insertion: Petsiuk et al., "RISE: Randomized Input Sampling for Explanation of
 * Black-box Models", BMVC 2018, section 4.3. The pixels that a map ranks highest are taken from the
 * picture, or put into an empty one, step by step; the score falls, or rises, the sooner the better
 * the map. Libraries differ in the steps, in what stands for "nothing there", and in the area.
 */
import type { MapSize } from '../method';
import { inBatches, type ModelProbe } from '../model-probe';
import { blurred } from './blur';
import { ranked } from './ranking';

export type CurveConvention = 'rise' | 'torch-cam' | 'xplique';

export interface CurveSettings {
  /** Whose steps, empty picture and area (default `rise`). */
  convention?: CurveConvention;
  /** Steps from the whole picture to the empty one (default 20). */
  steps?: number;
  /** The value, on the scale of the model's input, that stands for "nothing there" (default 0). */
  baseline?: number;
}

export interface Curve {
  /** The score after each step, the first with no pixel changed. */
  scores: number[];
  area: number;
}

export interface Curves {
  /** The share of the pixels changed, of each score. */
  fractions: number[];
  deletion: Curve;
  insertion: Curve;
}

interface Rules {
  /** Numbers of pixels changed, from none to all. */
  counts(pixels: number, steps: number): number[];
  /** Insertion starts from the blurred picture, not from the empty one. */
  insertsIntoBlur: boolean;
  area(fractions: readonly number[], scores: readonly number[]): number;
}

/** The area under scores at these places, by trapezia. */
const trapezia = (places: readonly number[], scores: readonly number[]): number =>
  scores.slice(1).reduce((sum, score, i) => sum + ((score + scores[i]) / 2) * (places[i + 1] - places[i]), 0);

/** As if all steps were of one width: (sum - first / 2 - last / 2) / (n - 1). */
const evenly = (_: readonly number[], scores: readonly number[]): number =>
  (scores.reduce((a, b) => a + b, 0) - scores[0] / 2 - scores[scores.length - 1] / 2) / (scores.length - 1);

/** Steps of one size, the last one cut. */
function equalSteps(pixels: number, steps: number): number[] {
  const step = Math.ceil(pixels / steps);
  return [...Array(Math.ceil(pixels / step)).keys(), Math.ceil(pixels / step)].map(i => Math.min(i * step, pixels));
}

const CURVE_CONVENTIONS: Readonly<Record<CurveConvention, Rules>> = {
  // evaluation.py of eclique/RISE.
  rise: { counts: equalSteps, insertsIntoBlur: true, area: evenly },
  'torch-cam': { counts: equalSteps, insertsIntoBlur: false, area: trapezia },
  // numpy.linspace(0, pixels, steps + 1, dtype=int).
  xplique: {
    counts: (pixels, steps) =>
      Array.from({ length: steps + 1 }, (_, i) => (i === steps ? pixels : Math.floor(i * (pixels / steps)))),
    insertsIntoBlur: false,
    area: evenly
  }
};

const CURVE_STEPS = 20;

/**
 * The curves of each map, all of them over the same steps.
 *
 * @param picture - The model's input, one sample, of `size`.
 * @param maps - Each a value a pixel.
 */
export async function deletionAndInsertion(
  picture: Float32Array,
  size: MapSize,
  maps: readonly ArrayLike<number>[],
  probe: ModelProbe,
  { convention = 'rise', steps = CURVE_STEPS, baseline = 0 }: CurveSettings = {}
): Promise<Curves[]> {
  const { counts: countsOf, insertsIntoBlur, area } = CURVE_CONVENTIONS[convention];
  const { channels } = size;
  const pixels = size.height * size.width;
  const counts = countsOf(pixels, Math.min(steps, pixels));
  const fractions = counts.map(count => count / pixels);
  const empty = new Float32Array(picture.length).fill(baseline);
  const ends = [
    { from: picture, to: empty },
    { from: insertsIntoBlur ? blurred(picture, size) : empty, to: picture }
  ];
  const orders = maps.map(ranked);
  const scores = new Float64Array(maps.length * ends.length * counts.length);
  probe.progress(0, scores.length);
  await inBatches(
    probe,
    scores.length,
    picture.length,
    (i, copy) => {
      const { from, to } = ends[Math.floor(i / counts.length) % ends.length];
      const order = orders[Math.floor(i / (counts.length * ends.length))];
      copy.set(from);
      for (const pixel of order.subarray(0, counts[i % counts.length])) {
        const at = pixel * channels;
        copy.set(to.subarray(at, at + channels), at);
      }
    },
    (pictures, count) => probe.scores(pictures, count),
    (found, first) => scores.set(found, first)
  );
  const curve = (at: number): Curve => {
    const own = Array.from(scores.subarray(at * counts.length, (at + 1) * counts.length));
    return { scores: own, area: area(fractions, own) };
  };
  return maps.map((_, i) => ({ fractions, deletion: curve(2 * i), insertion: curve(2 * i + 1) }));
}
