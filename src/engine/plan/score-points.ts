/** Finds where to read a model's score: before or after the activation that it ends with. */
import type { Step, ValueId } from './step';

export interface ScorePoints {
  /** The model's output. */
  output: ValueId;
  /** The value before the final softmax or sigmoid, or the output where there is none. */
  logits: ValueId;
  ending: 'softmax' | 'sigmoid' | 'none';
  /** The layer that moves, joins or takes the logarithm of probabilities, so that the output has no logit; null if none does. */
  behind: string | null;
}

/** A place to read a score, and the activation at or behind it. */
export interface ScorePoint {
  at: ValueId;
  ending: ScorePoints['ending'];
  behind: ScorePoints['behind'];
}

/** Endings that make probabilities, or their logarithms. */
const ENDINGS: ReadonlySet<unknown> = new Set(['softmax', 'sigmoid', 'log_softmax']);

/** Operations that move or join values, and change none. */
const MOVES: ReadonlySet<Step['op']> = new Set([
  'concatenate',
  'expandDims',
  'flatten',
  'identity',
  'reshape',
  'slice',
  'squeeze',
  'transpose'
]);

/** Finds the logits behind an output. */
export function scorePoints(steps: readonly Step[], output: ValueId): ScorePoints {
  const byId = new Map(steps.map(step => [step.id, step]));
  let at = byId.get(output);
  while (at && at.op === 'identity' && 'value' in at.inputs[0]) {
    at = byId.get(at.inputs[0].value);
  }
  const name = at?.op === 'activation' ? at.attributes.activation : null;
  if (at && (name === 'softmax' || name === 'sigmoid') && 'value' in at.inputs[0]) {
    return { output, logits: at.inputs[0].value, ending: name, behind: null };
  }
  return { output, logits: output, ending: 'none', behind: at && movesProbabilities(at, byId) ? at.layer : null };
}

/** True if a step gives probabilities, moved by it or steps before. */
function movesProbabilities(
  { id, op, attributes, inputs }: Step,
  byId: ReadonlyMap<ValueId, Step>,
  seen = new Set<ValueId>()
): boolean {
  if (seen.has(id)) {
    return false;
  }
  seen.add(id);
  if (op === 'activation') {
    return ENDINGS.has(attributes.activation);
  }
  return (
    MOVES.has(op) &&
    inputs.some(input => {
      const before = 'value' in input ? byId.get(input.value) : undefined;
      return before !== undefined && movesProbabilities(before, byId, seen);
    })
  );
}
