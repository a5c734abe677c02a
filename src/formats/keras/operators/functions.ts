/** Operators that work on each value by itself. */
import { message } from '../../../messages/message';
import { isConfig } from '../config/json';
import { apply, divide, multiply, stack } from '../nodes/terms';
import { named, type Operator, type Operators, unary } from './operator';

/** A function of each value, by the name that the engine has for it. */
const elementwise = (name: string): Operator => ({
  make: unary(x => ({ op: 'op:function', attributes: { function: name }, inputs: [x] }))
});

/** Names in keras.ops and TensorFlow that the engine has too. */
const SAME = [
  'abs',
  'sqrt',
  'rsqrt',
  'log',
  'log1p',
  'log2',
  'log10',
  'exp2',
  'expm1',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'erf',
  'erfinv',
  'i0',
  'reciprocal',
  'sign',
  'floor',
  'ceil',
  'trunc',
  'logical_not',
  'isnan',
  'isinf',
  'isfinite',
  'zeros_like',
  'ones_like'
];

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  abs: ['absolute', 'fabs'],
  zeros_like: ['imag', 'empty_like'],
  ones_like: ['isreal'],
  asin: ['arcsin', 'asin'],
  acos: ['arccos', 'acos'],
  atan: ['arctan', 'atan'],
  asinh: ['arcsinh', 'asinh'],
  acosh: ['arccosh', 'acosh'],
  atanh: ['arctanh', 'atanh'],
  round: ['rint'],
  isnan: ['is_nan'],
  isinf: ['is_inf'],
  isfinite: ['is_finite']
};

const identity: Operator = { make: unary(x => ({ op: 'Identity', attributes: {}, inputs: [x] })) };

/** A type by name, or as Keras 2 wrote it: `{ class_name: 'DType', config: 'float32' }` or the like. */
function dtypeOf(value: unknown): string {
  const named = isConfig(value) ? (value.config ?? value.name ?? value.class_name) : value;
  return (typeof named === 'string' ? named : JSON.stringify(named ?? null)).replace(/^tf\.|^<dtype: '|'>$/g, '');
}

/** To another type. Floating-point types are all computed in float32, those of fewer digits too. */
const cast: Operator = {
  after: ['dtype'],
  make: unary((x, options) => {
    const type = dtypeOf(options.dtype);
    if (/^b?float/.test(type)) {
      return { op: 'Identity', attributes: {}, inputs: [x] };
    }
    if (type === 'bool' || /^int(32|64)$/.test(type)) {
      return { op: 'op:function', attributes: { function: type === 'bool' ? 'truth' : 'trunc' }, inputs: [x] };
    }
    return message('rounds to %1, which GradLens cannot compute', type);
  })
};

const clip: Operator = {
  make: unary((x, options) => {
    const low = options.x_min ?? options.clip_value_min;
    const high = options.x_max ?? options.clip_value_max;
    return typeof low === 'number' && typeof high === 'number'
      ? { op: 'op:function', attributes: { function: 'clip', low, high }, inputs: [x] }
      : message('clips by values that are no numbers');
  })
};

export const FUNCTIONS: Operators = {
  ...Object.fromEntries(SAME.map(name => [name, elementwise(name)])),
  round: {
    after: ['decimals'],
    make: unary((x, { decimals }) => {
      const digits = decimals ?? 0;
      if (typeof digits !== 'number') {
        return message('rounds to what is no number of digits');
      }
      const factor = Math.fround(10 ** digits);
      return digits === 0 ? apply('round', x) : divide(apply('round', multiply(x, factor)), factor);
    })
  },
  ...Object.fromEntries(
    Object.entries(OTHERS).flatMap(([name, names]) => Object.entries(named(names, elementwise(name))))
  ),
  ...named(['negative', 'neg'], {
    make: unary(x => ({ op: 'op:multiply', attributes: {}, inputs: [x, { constant: -1 }] }))
  }),
  square: { make: unary(x => ({ op: 'op:multiply', attributes: {}, inputs: [x, x] })) },
  full_like: {
    after: ['fill_value'],
    make: unary((x, { fill_value: value }) =>
      typeof value === 'number'
        ? { op: 'op:function', attributes: { function: 'fill', value }, inputs: [x] }
        : message('fills with what is no number')
    )
  },
  clip: { ...clip, after: ['x_min', 'x_max'] },
  clip_by_value: { ...clip, after: ['clip_value_min', 'clip_value_max'] },
  cast,
  saturate_cast: cast,
  // Keras has checked what they demand of their input.
  ensure_shape: { ...identity, after: ['shape'] },
  'debugging.check_numerics': { ...identity, after: ['message'] },
  'keras.backend.batch_flatten': { make: unary(x => ({ op: 'Flatten', attributes: {}, inputs: [x] })) },
  // A sparse tensor has the same values.
  convert_to_tensor: { ...identity, neutral: { sparse: [true] } },
  ...named(['identity', 'array', 'copy', 'conj', 'conjugate', 'real', 'positive'], identity),
  // Of a real tensor, the only ones here.
  view_as_real: { make: unary(x => stack([x, apply('zeros_like', x)], -1)) },
  stop_gradient: { make: unary(x => ({ op: 'op:stop_gradient', attributes: {}, inputs: [x] })) }
};
