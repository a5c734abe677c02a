/** Activation functions as operators. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import { activate, multiply } from '../nodes/terms';
import { named, type Operator, type Operators, unary } from './operator';

/** By the engine's name; `keys` are the arguments that it reads, by their names in the file. */
function activation(
  name: string,
  keys: Readonly<Record<string, string>> = {},
  defaults: Config = {},
  neutral: Operator['neutral'] = {}
): Operator {
  return {
    reads: Object.keys(keys),
    neutral,
    make: unary((x, options) => {
      const given = Object.entries(keys).flatMap(([from, to]) =>
        options[from] === undefined || options[from] === null ? [] : [[to, options[from]] as const]
      );
      return {
        op: 'Activation',
        attributes: { activation: name, ...defaults, ...Object.fromEntries(given) },
        inputs: [x]
      };
    })
  };
}

/** Without arguments, and of the same name. */
const PLAIN = [
  'relu6',
  'sigmoid',
  'tanh',
  'hard_silu',
  'hard_sigmoid',
  'softsign',
  'selu',
  'hard_tanh',
  'tanh_shrink',
  'log_sigmoid',
  'sparse_plus',
  'sparse_sigmoid',
  'mish'
];

/** TensorFlow's may have a number before x within the sigmoid. */
const silu: Operator = {
  after: ['beta'],
  make: unary((x, { beta }) => {
    if ((beta ?? 1) === 1) {
      return activate('silu', x);
    }
    return typeof beta === 'number'
      ? multiply(x, activate('sigmoid', multiply(x, beta)))
      : message('multiplies by what is no number');
  })
};

export const ACTIVATIONS: Operators = {
  ...Object.fromEntries(PLAIN.map(name => [name, activation(name)])),
  // keras.activations.relu, where it has arguments.
  re_lu: {
    reads: ['negative_slope', 'max_value', 'threshold'],
    make: unary((x, { negative_slope, max_value, threshold }) => ({
      op: 'ReLU',
      attributes: { negative_slope, max_value, threshold },
      inputs: [x]
    }))
  },
  relu: activation('relu', {}, {}, { negative_slope: [0], threshold: [0] }),
  softplus: activation('softplus', {}, {}, { beta: [1] }),
  elu: activation('elu', { alpha: 'alpha' }),
  celu: activation('celu', { alpha: 'alpha' }),
  hard_shrink: activation('hard_shrink', { threshold: 'threshold' }),
  soft_shrink: activation('soft_shrink', { threshold: 'threshold' }),
  squareplus: activation('squareplus', { b: 'b' }),
  log_softmax: { ...activation('log_softmax', { axis: 'axis' }), after: ['axis'] },
  sparsemax: { ...activation('sparsemax', { axis: 'axis' }), after: ['axis'] },
  ...named(['silu', 'swish'], silu),
  hard_swish: activation('hard_silu'),
  exp: activation('exponential'),
  gelu: activation('gelu', { approximate: 'approximate' }),
  leaky_relu: activation(
    'leaky_relu',
    { negative_slope: 'negative_slope', alpha: 'negative_slope' },
    { negative_slope: 0.2 }
  ),
  ...named(['softmax'], {
    after: ['axis'],
    make: unary((x, options) => ({ op: 'Softmax', attributes: { axis: options.axis ?? -1 }, inputs: [x] }))
  })
};
