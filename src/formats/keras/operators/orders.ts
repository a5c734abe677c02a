/** Operators on values in their order: sorting, the largest, quantiles, and values at given positions. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import { take } from './arrange';
import { axesOf, inputOf, isTensor, type Operator, type Operators, unary } from './operator';

const ALL_AXES = message('works along all axes, that of the samples too');

/** Values in order, or their positions; TensorFlow's `direction` may turn it round. */
const sorting = (op: 'op:sorted' | 'op:sorted_positions'): Operator => ({
  after: ['axis', 'direction'],
  // Equal values always stay as they stand.
  neutral: { stable: [true] },
  make: unary((x, { axis, direction }) => {
    if (typeof (axis ?? -1) !== 'number' || axis === null) {
      return ALL_AXES;
    }
    return {
      op,
      attributes: { axis: axis ?? -1, descending: String(direction ?? 'ASCENDING').toUpperCase() === 'DESCENDING' },
      inputs: [x]
    };
  })
});

/** The largest values of the last axis, and where they stand. */
const topK: Operator = {
  after: ['k', 'sorted'],
  neutral: { index_type: ['int32', 'int64'] },
  make: unary((x, { k, sorted }) => {
    if (sorted === false) {
      return message('gives the largest values in no order, which GradLens cannot do as TensorFlow does');
    }
    const count = k ?? 1;
    return typeof count === 'number' && count > 0
      ? ['op:sorted', 'op:sorted_positions'].map(op => ({
          op,
          attributes: { axis: -1, descending: true, count },
          inputs: [x]
        }))
      : message('does not say how many values it takes');
  })
};

const METHODS: readonly unknown[] = ['linear', 'lower', 'higher', 'midpoint', 'nearest'];

/** `share` finds the share among values and options; Keras rounds it to float32. */
const quantile = (share: (given: unknown) => unknown, skipsNan: boolean, after: readonly string[]): Operator => ({
  after: [...after, 'axis', 'method', 'keepdims'],
  make: unary((x, options: Config) => {
    const [axes, part, method] = [axesOf(options.axis), share(options.q), options.method ?? 'linear'];
    if (!axes) {
      return ALL_AXES;
    }
    if (typeof part !== 'number') {
      return message('finds several quantiles at once, which come before the samples: take one after the other');
    }
    if (!METHODS.includes(method) || part < 0 || part > 1) {
      return message('finds a quantile in a way that GradLens does not know');
    }
    return {
      op: 'op:quantile',
      attributes: { axis: axes, share: part, method, keepdims: options.keepdims === true, skips_nan: skipsNan },
      inputs: [x]
    };
  })
});

const half = (): number => 0.5;
const asGiven = (q: unknown): unknown => (typeof q === 'number' ? Math.fround(q) : q);
const ofHundred = (q: unknown): unknown => (typeof q === 'number' ? Math.fround(Math.fround(q) / 100) : q);

/** Keras 3.15 has `quantile` work by the method `linear` in a model, whatever its argument says. */
const linearQuantile: Operator = {
  ...quantile(asGiven, false, ['q']),
  make: (operands, options, ...rest) =>
    (options.method ?? 'linear') === 'linear'
      ? quantile(asGiven, false, ['q']).make(operands, options, ...rest)
      : message('has a method that Keras itself leaves out in a model: use percentile, which keeps it')
};

const takeAlong: Operator = {
  operands: ['x', 'indices'],
  after: ['axis'],
  make: ([x, given], { axis }, constant) => {
    const indices = inputOf(given, constant);
    if (typeof axis !== 'number') {
      return ALL_AXES;
    }
    return isTensor(x) && indices && !('constant' in indices)
      ? { op: 'op:take_along', attributes: { axis }, inputs: [x, indices] }
      : message('takes values at what are no indices');
  }
};

/** TensorFlow's: at constant indices, or at a tensor's along the axis behind those that both have. */
const gather: Operator = {
  operands: ['params', 'indices'],
  // The name comes behind it in TensorFlow 1, the axis in 2.
  after: ['validate_indices'],
  reads: ['axis', 'batch_dims'],
  make: ([x, indices], { axis, batch_dims: shared }, ...rest) => {
    if ('value' in indices && (shared ?? 0) === 0) {
      return take.make([x], { axis: axis ?? 0, indices: indices.value }, ...rest);
    }
    const isBehind = typeof shared === 'number' && shared > 0 && (axis ?? shared) === shared;
    return isTensor(x) && isTensor(indices) && isBehind
      ? { op: 'op:take_along', attributes: { axis: shared, shared: true }, inputs: [x, indices] }
      : message('takes entries of all samples, or along another axis than the one behind those that both have');
  }
};

export const ORDERS: Operators = {
  sort: sorting('op:sorted'),
  argsort: sorting('op:sorted_positions'),
  top_k: topK,
  take_along_axis: takeAlong,
  gather,
  median: quantile(half, false, []),
  quantile: linearQuantile,
  percentile: quantile(ofHundred, false, ['q']),
  nanmedian: quantile(half, true, []),
  nanquantile: quantile(asGiven, true, ['q']),
  nanpercentile: quantile(ofHundred, true, ['q'])
};
