/** Operators that reduce along axes, and those that scale by what was reduced. */
import { isMessage, type Message, message } from '../../../messages/message';
import type { Config } from '../config/json';
import {
  apply,
  constant,
  divide,
  finite,
  LARGEST,
  maximum,
  minimum,
  multiply,
  reduce,
  subtract,
  where
} from '../nodes/terms';
import { arrayOf, axesOf, named, type Operation, type Operator, type Operators, type Term, unary } from './operator';

/** Reductions by their names in Keras and in TensorFlow, as the engine calls them. */
const KINDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['mean', 'sum', 'prod', 'any', 'all', 'logsumexp'].flatMap(kind => [
      [kind, kind],
      [`reduce_${kind}`, kind]
    ])
  ),
  var: 'variance',
  reduce_variance: 'variance',
  std: 'deviation',
  reduce_std: 'deviation',
  reduce_euclidean_norm: 'length',
  count_nonzero: 'count'
};

function reduced(kind: string, x: Term, { axis, keepdims }: Config): Operation | Message {
  const axes = axesOf(axis);
  return axes ? reduce(kind, x, axes, keepdims === true) : message('works along all axes, that of the samples too');
}

const reduction = (kind: string): Operator => ({
  after: ['axis', 'keepdims'],
  make: unary((x, options) => reduced(kind, x, options))
});

/** The largest or smallest of the values and a number beside them. */
const extreme = (kind: 'max' | 'min'): Operator => ({
  after: ['axis', 'keepdims', 'initial'],
  make: unary((x, options) => {
    const found = reduced(kind, x, options);
    const { initial = null } = options;
    if (isMessage(found) || initial === null) {
      return found;
    }
    const choose = kind === 'max' ? maximum : minimum;
    return typeof initial === 'number' ? choose(found, initial) : message('begins with what is no number');
  })
});

/** The engine's name of a norm of vectors, by its order. */
const NORMS: Readonly<Record<string, string>> = {
  null: 'length',
  euclidean: 'length',
  fro: 'length',
  2: 'length',
  1: 'size'
};

const norm: Operator = {
  after: ['ord', 'axis', 'keepdims'],
  make: unary((x, options) => {
    const { ord = null, axis } = options;
    if ((ord === Infinity || ord === -Infinity) && (!Array.isArray(axis) || axis.length === 1)) {
      return reduced(ord > 0 ? 'max' : 'min', apply('abs', x), options);
    }
    const kind = NORMS[String(ord)];
    const isOfMatrices = Array.isArray(axis) && axis.length > 1 && ord !== null && ord !== 'fro' && ord !== 'euclidean';
    return kind === undefined || isOfMatrices
      ? message('is a norm of the order %1, which GradLens cannot compute', String(ord))
      : reduced(kind, x, options);
  })
};

/** x over its length, which Keras bounds by `epsilon`, and TensorFlow by its square root. */
function normalized(x: Term, axis: unknown, smallestSquare: number): Operation | Message {
  const axes = axesOf(axis);
  return axes
    ? { op: 'UnitNormalization', attributes: { axis: axes, smallest_square: smallestSquare }, inputs: [x] }
    : message('works along all axes, that of the samples too');
}

/** Each value with all before it along an axis. */
const cumulating = (op: string, made: (x: Term) => Term = x => x): Operator => ({
  after: ['axis', 'exclusive', 'reverse'],
  make: unary((x, { axis, exclusive, reverse }) =>
    typeof axis === 'number'
      ? { op, attributes: { axis, exclusive: exclusive === true, reverse: reverse === true }, inputs: [made(x)] }
      : message('works along all axes, that of the samples too')
  )
});

/** Axes and `keepdims` of a reduction that is made of others. */
const composed = (make: (x: Term, axes: number[], keepdims: boolean) => Operation): Operator => ({
  after: ['axis', 'keepdims'],
  make: unary((x, { axis, keepdims }) => {
    const axes = axesOf(axis);
    return axes ? make(x, axes, keepdims === true) : message('works along all axes, that of the samples too');
  })
});

const withoutNaN = (x: Term, instead: number): Operation => where(apply('isnan', x), instead, x);

/** Counts the values that are numbers. */
const numbersIn = (x: Term, axes: number[], keepdims: boolean): Operation =>
  reduce('sum', apply('logical_not', apply('isnan', x)), axes, keepdims);

function nanVariance(x: Term, axes: number[], keepdims: boolean): Operation {
  const mean = divide(reduce('sum', withoutNaN(x, 0), axes, true), numbersIn(x, axes, true));
  const deviation = where(apply('isnan', x), 0, subtract(x, mean));
  return divide(reduce('sum', multiply(deviation, deviation), axes, keepdims), numbersIn(x, axes, keepdims));
}

/** NaN where there is no number at all. */
const ofNumbers = (kind: string, instead: number, x: Term, axes: number[], keepdims: boolean): Operation =>
  where(
    reduce('all', apply('isnan', x), axes, keepdims),
    constant(reduce('sum', x, axes, keepdims)),
    reduce(kind, withoutNaN(x, instead), axes, keepdims)
  );

/** Reductions of what is a number. */
const NAN: Operators = {
  nansum: composed((x, axes, keepdims) => reduce('sum', withoutNaN(x, 0), axes, keepdims)),
  nanprod: composed((x, axes, keepdims) => reduce('prod', withoutNaN(x, 1), axes, keepdims)),
  nanmax: composed((...given) => ofNumbers('max', -LARGEST, ...given)),
  nanmin: composed((...given) => ofNumbers('min', LARGEST, ...given)),
  nanmean: composed((x, axes, keepdims) =>
    divide(reduce('sum', withoutNaN(x, 0), axes, keepdims), numbersIn(x, axes, keepdims))
  ),
  nanvar: composed(nanVariance),
  nanstd: composed((...given) => apply('sqrt', nanVariance(...given)))
};

/** The mean along an axis, weighted by an array along the last. */
const average: Operator = {
  after: ['axis'],
  reads: ['weights'],
  make: ([x, given], { axis, weights }, constant) => {
    const axes = axesOf(axis);
    const values = given && 'value' in given ? given.value : weights;
    if (!x || 'value' in x || !axes) {
      return message('works along all axes, that of the samples too');
    }
    if (values === undefined || values === null) {
      return reduce('mean', x, axes, false);
    }
    const array = arrayOf(values);
    if (array?.shape.length !== 1 || axes.length !== 1 || axes[0] !== -1) {
      return message('weights by what is no array along the last axis');
    }
    const total = array.values.reduce((sum, value) => sum + value, 0);
    return divide(reduce('sum', multiply(x, constant(array)), axes, false), total);
  }
};

/** The index of the largest or smallest value. */
const indexOf = (kind: string): Operator => ({
  after: ['axis', 'keepdims'],
  reads: ['output_type'],
  make: unary((x, options) =>
    typeof options.axis === 'number' ? reduced(kind, x, options) : message('finds the index along all axes')
  )
});

/** The index of the largest or smallest number; -1 where there is none. */
const numberIndex = (kind: string, instead: number): Operator => ({
  after: ['axis', 'keepdims'],
  make: unary((x, { axis, keepdims }) =>
    typeof axis === 'number'
      ? where(
          reduce('all', apply('isnan', x), [axis], keepdims === true),
          -1,
          reduce(kind, withoutNaN(x, instead), [axis], keepdims === true)
        )
      : message('finds the index along all axes')
  )
});

export const REDUCTIONS: Operators = {
  ...NAN,
  average,
  ptp: composed((x, axes, keepdims) => subtract(reduce('max', x, axes, keepdims), reduce('min', x, axes, keepdims))),
  argmax: indexOf('argmax'),
  argmin: indexOf('argmin'),
  nanargmax: numberIndex('argmax', -LARGEST),
  nanargmin: numberIndex('argmin', LARGEST),
  ...Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, reduction(kind)])),
  ...named(['max', 'amax', 'reduce_max'], extreme('max')),
  ...named(['min', 'amin', 'reduce_min'], extreme('min')),
  norm,
  normalize: {
    after: ['axis', 'order', 'epsilon'],
    make: unary((x, { axis, order, epsilon }) =>
      (order ?? 2) === 2
        ? normalized(x, axis ?? -1, (typeof epsilon === 'number' ? epsilon : 1e-7) ** 2)
        : message('normalizes by a norm of the order %1, which GradLens cannot compute', JSON.stringify(order))
    )
  },
  l2_normalize: {
    after: ['axis', 'epsilon'],
    make: unary((x, { axis, epsilon }) => normalized(x, axis, typeof epsilon === 'number' ? epsilon : 1e-12))
  },
  cumsum: cumulating('op:cumsum'),
  cumprod: cumulating('op:cumprod'),
  nancumsum: cumulating('op:cumsum', x => finite(x, 0)),
  nancumprod: cumulating('op:cumprod', x => finite(x, 1))
};
