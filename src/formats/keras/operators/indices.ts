/** Operators that compare values with indices, classes or the members of a list. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import { apply, binary, countUp, expandDims, moveAxes, multiply, reduce } from '../nodes/terms';
import {
  arrayOf,
  axesOf,
  isTensor,
  type MakeConstant,
  named,
  type Operand,
  type Operation,
  type Operator,
  type Operators,
  type Term,
  unary
} from './operator';
import { outputsOf } from './shaped';

const UNKNOWN = message('marks indices in a way that GradLens does not know');

/** 1 at the index that a value is, cut to a whole one, along a new axis; null where the arguments ask for more. */
function marks([x]: Operand[], options: Config, constant: MakeConstant): Operation | null {
  const count = options.num_classes ?? options.depth;
  const axis = options.axis ?? -1;
  const isPlain =
    typeof axis === 'number' &&
    (options.on_value ?? 1) === 1 &&
    (options.off_value ?? 0) === 0 &&
    options.sparse !== true;
  if (!isTensor(x) || typeof count !== 'number' || !isPlain) {
    return null;
  }
  const indices = constant({ shape: [count], values: Float32Array.from({ length: count }, (_, i) => i) });
  const made = binary('equal', expandDims(apply('trunc', x), -1), indices);
  return axis === -1 ? made : moveAxes(made, [-1], [axis]);
}

const oneHot: Operator = {
  after: ['num_classes', 'axis'],
  reads: ['depth', 'on_value', 'off_value', 'sparse'],
  neutral: { dtype: ['float32'] },
  make: (operands, options, constant) => marks(operands, options, constant) ?? UNKNOWN
};

/** Keras joins along the axis behind the samples, whichever `axis` the classes are along. */
const multiHot: Operator = {
  ...oneHot,
  reads: ['sparse'],
  make(operands, options, constant) {
    const made = marks(operands, options, constant);
    return made ? reduce('max', made, [1], false) : UNKNOWN;
  }
};

/** Each value beside all of a list of numbers, along a new last axis that `make` takes away. */
const besideList = (
  names: readonly [x: string, list: string],
  make: (x: Operation, list: Term, options: Config) => Operation,
  reads: readonly string[] = []
): Operator => ({
  operands: names,
  after: reads,
  make([x, list], options, constant) {
    if (isTensor(list)) {
      return message('compares with the values of all samples: give it a list of numbers');
    }
    const array = arrayOf(list.value);
    return isTensor(x) && array
      ? make(expandDims(x, -1), constant({ shape: [array.values.length], values: array.values }), options)
      : message('compares with what is no list of numbers');
  }
});

const count = (truths: Operation): Operation => reduce('sum', truths, [-1], false);

/** True where fewer than k predictions are over that of the target. */
const inTopK: Operator = {
  operands: ['targets', 'predictions'],
  after: ['k'],
  make: ([targets, predictions], { k }) => {
    if (!isTensor(targets) || !isTensor(predictions) || typeof k !== 'number') {
      return message('compares what are no tensors');
    }
    const isTarget = binary('equal', expandDims(apply('trunc', targets), -1), countUp(predictions, -1));
    const own = reduce('sum', multiply(isTarget, predictions), [-1], true);
    return binary('less', count(binary('greater', predictions, own)), k);
  }
};

/**
 * The places along each axis of an array of a shape that places in its cells, counted through, mean. Keras on
 * TensorFlow counts from the last axis on in rows of numbers alone, and from the first in tensors of more axes.
 */
const unravelIndex: Operator = {
  after: ['shape'],
  make: unary((x, { shape }) => {
    const sizes = axesOf(shape);
    if (!sizes) {
      return message('does not say of which shape the array is');
    }
    return outputsOf([x], sizes.length, ({ inputs, sizes: [all] }, output) => {
      const order = all.length === 0 ? [...sizes].reverse() : sizes;
      const from = sizes.length - 1 - output;
      const rest = order.slice(0, from).reduce<Term>((left, size) => binary('floor_divide', left, size), inputs[0]);
      return binary('mod', rest, order[from]);
    });
  })
};

export const INDICES: Operators = {
  one_hot: oneHot,
  multi_hot: multiHot,
  is_in: besideList(
    ['x1', 'x2'],
    (x, list, { invert }) => {
      const found = reduce('any', binary('equal', x, list), [-1], false);
      return invert === true ? apply('logical_not', found) : found;
    },
    ['assume_unique', 'invert']
  ),
  unravel_index: unravelIndex,
  digitize: besideList(['x', 'bins'], (x, list) => count(binary('greater_equal', x, list))),
  in_top_k: inTopK,
  // TensorFlow 1 has them the other way round.
  ...named(['compat.v1.math.in_top_k', 'compat.v1.nn.in_top_k'], {
    ...inTopK,
    operands: ['predictions', 'targets'],
    make: ([predictions, targets], ...rest) => inTopK.make([targets, predictions], ...rest)
  })
};
