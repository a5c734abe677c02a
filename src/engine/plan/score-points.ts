/** Finds where to read a model's score: before or after the activation that it ends with. */
import type { Step, ValueId } from './step';

export interface ScorePoints {
  /** The model's output. */
  output: ValueId;
  /** The value before the final softmax or sigmoid, or the output where there is none. */
  logits: ValueId;
  ending: 'softmax' | 'sigmoid' | 'none';
}

/** A place to read a score, and the activation at or behind it. */
export interface ScorePoint {
  at: ValueId;
  ending: ScorePoints['ending'];
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
