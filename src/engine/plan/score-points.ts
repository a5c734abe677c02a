/** Finds where to read a model's score: before or after the activation that it ends with. */
import type { Ending } from '../protocol/protocol';
import type { Step, ValueId } from './step';

export interface ScorePoints {
  /** The model's output. */
  output: ValueId;
  /** The value before the final softmax or sigmoid, or the output where there is none. */
  logits: ValueId;
  ending: Ending;
  /**
   * The layer that moves, joins or computes with probabilities
   * alone, so that the output has no logit; null if none does.
   */
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

/** Operations that give probabilities, or numbers made of them, where one of their inputs is such. */
const MOVES: ReadonlySet<Step['op']> = new Set([
  'averagePool2d',
  'averagePool3d',
  'band',
  'centerCrop',
  'concatenate',
  'cropping2d',
  'cropping3d',
  'cumsum',
  'depthToSpace',
  'elementFunction',
  'expandDims',
  'flatten',
  'globalAverage',
  'globalMax',
  'identity',
  'maxPool2d',
  'maxPool3d',
  'mergeSteps',
  'pad',
  'pick',
  'quantile',
  'reduce',
  'repeatVector',
  'rescaling',
  'reshape',
  'resizing',
  'slice',
  'sorted',
  'spaceToDepth',
  'splitSteps',
  'squeeze',
  'stack',
  'stopGradient',
  'switchOff',
  'takeAlong',
  'transpose',
  'upSampling2d',
  'upSampling3d',
  'where',
  'zeroPadding2d',
  'zeroPadding3d'
]);

/** Operations that give such numbers where all their inputs are: a sigmoid that gates features makes none of them. */
const COMBINES: ReadonlySet<Step['op']> = new Set([
  'add',
  'average',
  'binary',
  'divide',
  'maximum',
  'minimum',
  'multiply',
  'subtract'
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

/**
 * True if a step gives probabilities that it or steps before it made, or numbers made of them; `known` holds answers.
 */
function movesProbabilities(
  step: Step,
  byId: ReadonlyMap<ValueId, Step>,
  known = new Map<ValueId, boolean>()
): boolean {
  const answer = known.get(step.id) ?? findProbabilities(step, byId, known);
  known.set(step.id, answer);
  return answer;
}

function findProbabilities(
  { op, attributes, inputs }: Step,
  byId: ReadonlyMap<ValueId, Step>,
  known: Map<ValueId, boolean>
): boolean {
  if (op === 'activation') {
    return ENDINGS.has(attributes.activation);
  }
  const gives = inputs.flatMap(input => {
    const before = 'value' in input ? byId.get(input.value) : null;
    const isConstant = before === null || before?.op === 'constant';
    return isConstant ? [] : [before !== undefined && movesProbabilities(before, byId, known)];
  });
  return MOVES.has(op) ? gives.includes(true) : COMBINES.has(op) && gives.length > 0 && !gives.includes(false);
}
