/** Operators of two tensors, or a tensor and numbers: arithmetic, comparisons, logic and choices. */
import { message } from '../../../messages/message';
import { where } from '../nodes/terms';
import {
  combining,
  inputOf,
  isTensor,
  type Maker,
  named,
  type Operation,
  type Operator,
  type Operators,
  type Term
} from './operator';
import { shaped } from './shaped';

/** Elementwise with two operands. */
function arithmetic(op: string): Maker {
  const make = combining(op);
  return (...given) =>
    given[0].length === 2 ? make(...given) : message('has %1 operands instead of two', given[0].length);
}

/** A function of two operands that the engine knows by its name. */
const ofTwo = (name: string): Maker => combining('op:binary', { function: name });

/** A power by a number has a name of its own: whole ones are exact. */
const power: Maker = (...given) => {
  const [x, exponent] = given[0];
  return isTensor(x) && exponent !== undefined && !isTensor(exponent) && typeof exponent.value === 'number'
    ? { op: 'op:function', attributes: { function: 'power', exponent: exponent.value }, inputs: [x] }
    : ofTwo('power')(...given);
};

const two = (names: readonly string[], make: Maker): Operators => named(names, { make, operands: 2 });

/** Of the choices that of the first condition which holds, else the default. */
const select: Operator = {
  operands: ['condlist', 'choicelist', 'default'],
  make: ([conditions, choices, otherwise], _, constant) => {
    const [tests, values] = [conditions, choices].map(operand => ('value' in operand ? operand.list : undefined) ?? []);
    const terms = [...tests, ...values, otherwise].map(operand => inputOf(operand, constant));
    if (tests.length === 0 || tests.length !== values.length || !terms.every(term => term !== null)) {
      return message('chooses among what are neither tensors nor numbers');
    }
    const last = terms[terms.length - 1];
    return tests.reduceRight<Term>(
      (rest, _test, i) => where(terms[i], terms[tests.length + i], rest),
      last
    ) as Operation;
  }
};

export const ARITHMETIC: Operators = {
  ...two(['add'], arithmetic('op:add')),
  bias_add: {
    make: arithmetic('op:add'),
    operands: 2,
    neutral: { data_format: ['channels_last', 'NHWC'] }
  },
  ...two(['subtract', 'sub'], arithmetic('op:subtract')),
  ...two(['multiply', 'mul'], arithmetic('op:multiply')),
  ...two(['divide', 'true_divide', 'truediv'], arithmetic('op:divide')),
  ...two(['maximum'], arithmetic('op:maximum')),
  ...two(['minimum'], arithmetic('op:minimum')),
  select,
  ...named(['add_n', 'accumulate_n'], { make: combining('op:add') }),
  ...two(['power', 'pow'], power),
  ...two(['mod', 'remainder', 'floormod', 'floor_mod'], ofTwo('mod')),
  ...two(['floor_divide', 'floordiv', 'floor_div'], ofTwo('floor_divide')),
  ...two(['arctan2', 'atan2'], ofTwo('arctan2')),
  ...two(['squared_difference'], ofTwo('squared_difference')),
  ...two(['divide_no_nan', 'div_no_nan'], ofTwo('divide_no_nan')),
  ...two(['multiply_no_nan', 'mul_no_nan'], ofTwo('multiply_no_nan')),
  ...two(['greater', 'gt'], ofTwo('greater')),
  ...two(['greater_equal', 'ge'], ofTwo('greater_equal')),
  ...two(['less', 'lt'], ofTwo('less')),
  ...two(['less_equal', 'le'], ofTwo('less_equal')),
  ...two(['equal', 'eq'], ofTwo('equal')),
  ...two(['not_equal', 'ne'], ofTwo('not_equal')),
  ...two(['logical_and', 'and'], ofTwo('and')),
  ...two(['logical_or', 'or'], ofTwo('or')),
  ...two(['logical_xor', 'xor'], ofTwo('xor')),
  ...named(['where', 'where_v2'], {
    operands: 3,
    make: (...given) =>
      given[0].length === 3
        ? combining('op:where')(...given)
        : message('finds positions, which GradLens cannot run: give it what to choose between')
  }),
  where_rows: {
    operands: 3,
    make: (...given) => {
      const chosen = combining('op:where')(...given);
      return 'op' in chosen
        ? shaped(chosen.inputs, ({ inputs, sizes: [test, ...of] }) =>
            of.some(({ length }) => length > test.length)
              ? message('chooses whole samples by a condition of fewer axes, which GradLens cannot run')
              : { ...chosen, inputs }
          )
        : chosen;
    }
  }
};
