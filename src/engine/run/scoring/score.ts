/**
 * The score that is explained: one number a sample.
 *
 * Of a class:
 * - Vectors (n, classes): the class's entry, before the final softmax or
 *   sigmoid (`logit`) or after it (`probability`).
 * - One sigmoid unit (n, 1): class 1 is the unit, class 0 its complement: the
 *   logit with the other sign, or 1 - probability. Of a picture of such units,
 *   class 1 is explained where no class is asked for.
 * - No head, (n, h, w, channels): the mean of the channel over the image, or its
 *   sum over a set of pixels.
 *
 * Or of two classes: the difference of their scores. Or of a layer's units: the
 * sum of a channel's outputs over an area, of a volume in all slices. Or of one
 * cell of a grid: one of its numbers.
 */
import type { CellTarget, ClassTarget, ScoreKind, Target, UnitTarget } from '../../../explain/names';
import { message } from '../../../messages/message';
import type { ScorePoints } from '../../plan/score-points';
import { RefusalError } from '../../protocol/errors';
import { cellScore, isBinary, pixelScore, type PixelTarget, type Reading } from './pixel-score';
import type { Scored } from './scored';

export type { Scored } from './scored';

/** True if a target is a layer's units rather than a class. */
export const isUnits = (target: Target): target is UnitTarget =>
  typeof target === 'object' && target !== null && 'layer' in target;

/** True if a target is one number of an output's cell. */
export const isCell = (target: Target): target is CellTarget =>
  typeof target === 'object' && target !== null && 'cell' in target;

const hasPixels = (target: ClassTarget): target is PixelTarget => target.pixels !== undefined;

/**
 * Chooses each sample's class (the target's, or the highest) and scores it.
 * `values` is the value scored, of shape (n, …, classes).
 *
 * @throws RefusalError when there is no such class, channel or area.
 */
export function scoreOf(
  values: Float32Array,
  shape: number[],
  target: Target,
  kind: ScoreKind,
  ending: ScorePoints['ending'],
  input: Reading['input'] = null
): Scored {
  if (isUnits(target)) {
    return signed(unitsScore(values, shape, target), target.negative);
  }
  if (isCell(target)) {
    return signed(cellScore(values, shape, target), target.negative);
  }
  if (typeof target !== 'object' || target === null) {
    return classScore(values, shape, target, kind, ending);
  }
  if (hasPixels(target)) {
    const { targets } = classScore(values, shape, target.class, kind, ending);
    if (target.minus !== undefined) {
      classScore(values, shape, target.minus, kind, ending);
    }
    const scored = pixelScore(values, shape, target, { kind, ending, input }, sample => targets[sample].index);
    return signed(scored, target.negative);
  }
  return signed(differenceScore(values, shape, target, kind, ending), target.negative);
}

function signed(scored: Scored, negative = false): Scored {
  return negative
    ? {
        ...scored,
        targets: scored.targets.map(({ index, score }) => ({ index, score: -score })),
        seed: scored.seed.map(value => -value)
      }
    : scored;
}

function differenceScore(
  values: Float32Array,
  shape: number[],
  target: ClassTarget,
  kind: ScoreKind,
  ending: ScorePoints['ending']
): Scored {
  const first = classScore(values, shape, target.class, kind, ending);
  const subjects = first.targets.map(({ index }) => ({ ...target, class: index }));
  if (target.minus === undefined) {
    return { ...first, subjects };
  }
  const second = classScore(values, shape, target.minus, kind, ending);
  return {
    targets: first.targets.map(({ index, score }, i) => ({ index, score: score - second.targets[i].score })),
    seed: first.seed.map((value, i) => value - second.seed[i]),
    subjects
  };
}

function unitsScore(values: Float32Array, shape: number[], target: UnitTarget): Scored {
  const { layer, channel, area } = target;
  const [samples, channels] = [shape[0], shape[shape.length - 1]];
  const hasPlaces = shape.length === 4 || shape.length === 5;
  const [height, width] = hasPlaces ? shape.slice(-3) : [1, values.length / (samples * channels) || 1];
  const planes = shape.length === 5 ? shape[1] : 1;
  if (channel !== null && !(Number.isInteger(channel) && channel >= 0 && channel < channels)) {
    throw new RefusalError(
      message('The layer %1 has no channel %2: its channels are numbered 0 to %3.', layer, channel, channels - 1)
    );
  }
  const [top, left, bottom, right] = area ?? [0, 0, height, width];
  const inside =
    [top, left, bottom, right].every(Number.isInteger) && top >= 0 && left >= 0 && bottom <= height && right <= width;
  if (!inside || top >= bottom || left >= right) {
    throw new RefusalError(
      message(
        'The area [%1] is not within the %2 x %3 cells of the layer %4: give [top, left, bottom, right].',
        [top, left, bottom, right].join(', '),
        height,
        width,
        layer
      )
    );
  }
  const seed = new Float32Array(values.length);
  const targets: Scored['targets'] = [];
  for (let sample = 0; sample < samples; sample++) {
    let score = 0;
    for (let plane = sample * planes; plane < (sample + 1) * planes; plane++) {
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const cell = ((plane * height + y) * width + x) * channels;
          for (let k = channel ?? 0; k < (channel === null ? channels : channel + 1); k++) {
            score += values[cell + k];
            seed[cell + k] = 1;
          }
        }
      }
    }
    targets.push({ index: channel ?? -1, score });
  }
  return { targets, seed, subjects: targets.map(() => target) };
}

function classScore(
  values: Float32Array,
  shape: number[],
  target: number | null,
  kind: ScoreKind,
  ending: ScorePoints['ending']
): Scored {
  const samples = shape[0];
  const classes = shape.length > 1 ? shape[shape.length - 1] : 1;
  const cells = values.length / (samples * classes) || 1;
  const binary = isBinary(classes, ending);
  const count = binary ? 2 : classes;
  if (target !== null && (!Number.isInteger(target) || target < 0 || target >= count)) {
    throw new RefusalError(
      count === 1
        ? message(
            "There is no class %1: the model's output has one, number 0. Leave the target out to explain what raises it.",
            target
          )
        : message(
            "There is no class %1: the model's output has %2 classes, numbered 0 to %3.",
            target,
            count,
            count - 1
          )
    );
  }
  const seed = new Float32Array(values.length);
  const targets: Scored['targets'] = [];
  for (let sample = 0; sample < samples; sample++) {
    const means = channelMeans(values, sample, cells, classes);
    if (binary) {
      const middle = kind === 'logit' ? 0 : 0.5;
      const index = target ?? (cells > 1 || means[0] > middle ? 1 : 0);
      const score = index === 1 ? means[0] : kind === 'logit' ? -means[0] : 1 - means[0];
      seed.fill((index === 1 ? 1 : -1) / cells, sample * cells, (sample + 1) * cells);
      targets.push({ index, score });
      continue;
    }
    const index = target ?? argmax(means);
    for (let cell = 0; cell < cells; cell++) {
      seed[(sample * cells + cell) * classes + index] = 1 / cells;
    }
    targets.push({ index, score: means[index] });
  }
  return { targets, seed, subjects: targets.map(({ index }) => index) };
}

/** The mean of each channel over one sample's cells, of values (n, cells, classes): what classes score by. */
export function channelMeans(values: Float32Array, sample: number, cells: number, classes: number): Float64Array {
  const means = new Float64Array(classes);
  const start = sample * cells * classes;
  for (let cell = 0; cell < cells; cell++) {
    for (let c = 0; c < classes; c++) {
      means[c] += values[start + cell * classes + c] / cells;
    }
  }
  return means;
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i] > values[best]) {
      best = i;
    }
  }
  return best;
}
