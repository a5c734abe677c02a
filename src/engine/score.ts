/**
 * The score that is explained: one number a sample, of one class.
 *
 * - Vectors (n, classes): the class's entry, before the final softmax or
 *   sigmoid (`logit`) or after it (`probability`).
 * - One sigmoid unit (n, 1): class 1 is the unit, class 0 its complement: the
 *   logit with the other sign, or 1 - probability.
 * - No head, (n, h, w, channels): the mean of the channel over the image.
 */
import type { ScoreKind } from '../session/state';
import { EngineError } from './errors';
import type { Step, ValueId } from './plan/step';

export interface ScorePoints {
  /** The model's output. */
  output: ValueId;
  /** The value before the final softmax or sigmoid, or the output where there is none. */
  logits: ValueId;
  ending: 'softmax' | 'sigmoid' | 'none';
}

/** Finds the logits behind an output. */
export function scorePoints(steps: readonly Step[], output: ValueId): ScorePoints {
  const byId = new Map(steps.map(step => [step.id, step]));
  let at = byId.get(output);
  while (at && at.op === 'identity' && 'value' in at.inputs[0]) {
    at = byId.get(at.inputs[0].value);
  }
  const name = at?.op === 'activation' ? at.attributes.activation : null;
  if (at && (name === 'softmax' || name === 'sigmoid') && 'value' in at.inputs[0]) {
    return { output, logits: at.inputs[0].value, ending: name };
  }
  return { output, logits: output, ending: 'none' };
}

export interface Scored {
  /** Per sample: the class explained and its score. */
  targets: { index: number; score: number }[];
  /** Gradient of the summed scores with respect to the value scored, C order. */
  seed: Float32Array;
}

/**
 * Chooses each sample's class (`target`, or the highest) and scores it.
 * `values` is the value scored, of shape (n, …, classes); `ranking` orders the
 * classes alike.
 */
export function scoreOf(values: Float32Array, shape: number[], target: number | null, kind: ScoreKind, ending: ScorePoints['ending']): Scored {
  const samples = shape[0];
  const classes = shape.length > 1 ? shape[shape.length - 1] : 1;
  const cells = values.length / (samples * classes) || 1;
  const binary = classes === 1 && ending === 'sigmoid' && cells === 1;
  const count = binary ? 2 : classes;
  if (target !== null && (!Number.isInteger(target) || target < 0 || target >= count)) {
    throw new EngineError(
      `There is no class ${target}: the model's output has ${count} ${count === 1 ? 'class, number 0' : `classes, numbered 0 to ${count - 1}`}.`
    );
  }
  const seed = new Float32Array(values.length);
  const targets: Scored['targets'] = [];
  for (let sample = 0; sample < samples; sample++) {
    const means = channelMeans(values, sample, cells, classes);
    if (binary) {
      const middle = kind === 'logit' ? 0 : 0.5;
      const index = target ?? (means[0] > middle ? 1 : 0);
      const score = index === 1 ? means[0] : kind === 'logit' ? -means[0] : 1 - means[0];
      seed[sample] = index === 1 ? 1 : -1;
      targets.push({ index, score });
      continue;
    }
    const index = target ?? argmax(means);
    for (let cell = 0; cell < cells; cell++) {
      seed[(sample * cells + cell) * classes + index] = 1 / cells;
    }
    targets.push({ index, score: means[index] });
  }
  return { targets, seed };
}

function channelMeans(values: Float32Array, sample: number, cells: number, classes: number): Float64Array {
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
