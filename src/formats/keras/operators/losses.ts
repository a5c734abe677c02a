/** Losses as operators, of logits: what models end with that give their loss. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import {
  activate,
  add,
  apply,
  binary,
  constant,
  countUp,
  expandDims,
  multiply,
  reduce,
  subtract,
  where
} from '../nodes/terms';
import { isTensor, type Operation, type Operator, type Operators, type Term } from './operator';

/** Of labels and logits, each by its place or name. */
const ofLogits = (
  names: readonly [string, string],
  make: (labels: Term, logits: Term, axis: number) => Operation
): Operator => ({
  operands: names,
  after: ['axis'],
  make: ([labels, logits], { axis }) =>
    isTensor(labels) && isTensor(logits)
      ? make(labels, logits, typeof axis === 'number' ? axis : -1)
      : message('compares what are no tensors')
});

/** Keras 3 takes probabilities too, and looks for the logits behind them. */
const byKeras = (operator: Operator): Operator => ({
  ...operator,
  operands: ['target', 'output'],
  reads: ['from_logits'],
  make: (operands, options: Config, ...rest) =>
    options.from_logits === true
      ? operator.make(operands, options, ...rest)
      : message('compares with probabilities, which Keras computes from logits where it finds them: give it these')
});

const binaryCrossentropy = (labels: Term, logits: Term): Operation => {
  const isPositive = binary('greater_equal', logits, 0);
  const size = where(isPositive, multiply(logits, -1), logits);
  const whole = subtract(where(isPositive, logits, 0), multiply(logits, labels));
  return add(whole, apply('log1p', activate('exponential', size)));
};

/** TensorFlow's gradient at the logits is their softmax less the labels, whatever these sum to. */
const categoricalCrossentropy = (labels: Term, logits: Term, axis: number): Operation => {
  const surprise = multiply(activate('log_softmax', logits, { axis }), -1);
  const value = reduce('sum', multiply(labels, constant(surprise)), [axis], false);
  const slope = subtract(
    reduce('logsumexp', logits, [axis], false),
    reduce('sum', multiply(constant(labels), logits), [axis], false)
  );
  return add(value, subtract(slope, constant(slope)));
};

const sparseCategoricalCrossentropy = (labels: Term, logits: Term): Operation => {
  const isLabel = binary('equal', expandDims(apply('trunc', labels), -1), countUp(logits, -1));
  return reduce('sum', multiply(isLabel, multiply(activate('log_softmax', logits), -1)), [-1], false);
};

const NAMES = ['labels', 'logits'] as const;
const SIGMOID = ofLogits(NAMES, binaryCrossentropy);
const SOFTMAX = ofLogits(NAMES, categoricalCrossentropy);
const SPARSE = { ...ofLogits(NAMES, sparseCategoricalCrossentropy), after: [], neutral: { axis: [-1] } };

/** TensorFlow's, with a number that weighs the labels that hold. */
const weighted: Operator = {
  operands: NAMES,
  after: ['pos_weight'],
  make: ([labels, logits], { pos_weight: weight }) => {
    if (!isTensor(labels) || !isTensor(logits) || typeof weight !== 'number') {
      return message('weighs by what is no number');
    }
    const size = multiply(apply('abs', logits), -1);
    const surprise = add(apply('log1p', activate('exponential', size)), activate('relu', multiply(logits, -1)));
    return add(multiply(subtract(1, labels), logits), multiply(add(1, multiply(labels, weight - 1)), surprise));
  }
};

export const LOSSES: Operators = {
  weighted_cross_entropy_with_logits: weighted,
  sigmoid_cross_entropy_with_logits: { ...SIGMOID, after: [] },
  softmax_cross_entropy_with_logits: SOFTMAX,
  softmax_cross_entropy_with_logits_v2: SOFTMAX,
  // TensorFlow 1's, which lets no gradient to the labels.
  'compat.v1.nn.softmax_cross_entropy_with_logits': {
    ...ofLogits(NAMES, (labels, logits) => categoricalCrossentropy(constant(labels), logits, -1)),
    after: [],
    neutral: { dim: [-1], axis: [-1] }
  },
  sparse_softmax_cross_entropy_with_logits: SPARSE,
  binary_crossentropy: byKeras({ ...SIGMOID, after: [] }),
  categorical_crossentropy: byKeras(SOFTMAX),
  sparse_categorical_crossentropy: byKeras(SPARSE)
};
