/** The arguments of operators: which hold operands, which are read, and which change nothing. */
import { type Message, message } from '../../messages/message';
import type { Config } from './json';
import type { Argument } from './spec';

/** Reductions by their names in Keras and in TensorFlow, as the engine calls them. */
export const REDUCTIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['mean', 'max', 'min', 'sum', 'logsumexp'].flatMap(kind => [
      [kind, kind],
      [`reduce_${kind}`, kind]
    ])
  ),
  amax: 'max',
  amin: 'min',
  var: 'variance',
  reduce_variance: 'variance',
  std: 'deviation',
  reduce_std: 'deviation'
};

/** Arguments that hold operands, in the order of the signatures. */
export const OPERAND_KEYS = [
  'x',
  'x1',
  'x2',
  'y',
  'xs',
  'a',
  'b',
  'values',
  'features',
  'logits',
  'input',
  'input_tensor',
  'tensor',
  't',
  'value',
  'bias'
];
/** The arguments after the tensor in their order, by operator, for what Keras 2 writes into kwargs or args alike. */
export const POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  get_item: ['key'],
  getitem: ['key'],
  concat: ['axis'],
  concatenate: ['axis'],
  reshape: ['newshape'],
  transpose: ['axes'],
  softmax: ['axis'],
  ...Object.fromEntries(Object.keys(REDUCTIONS).map(name => [name, ['axis', 'keepdims']])),
  cast: ['dtype'],
  pad: ['paddings'],
  clip: ['x_min', 'x_max'],
  clip_by_value: ['clip_value_min', 'clip_value_max'],
  expand_dims: ['axis'],
  squeeze: ['axis'],
  flip: ['axis'],
  reverse: ['axis'],
  moveaxis: ['source', 'destination'],
  swapaxes: ['axis1', 'axis2']
};
export const OPERANDS_OF_TWO = new Set([
  'add',
  'bias_add',
  'subtract',
  'multiply',
  'divide',
  'true_divide',
  'truediv',
  'maximum',
  'minimum',
  'matmul',
  'power',
  'pow'
]);

/** Arguments that an operator's maker reads, besides its operands. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  ...POSITIONAL,
  gelu: ['approximate'],
  celu: ['alpha'],
  leaky_relu: ['negative_slope', 'alpha'],
  getitem: ['slice_spec', 'key'],
  get_item: ['slice_spec', 'key'],
  stack: ['axis'],
  pad: ['pad_width', 'paddings', 'mode', 'constant_values'],
  reshape: ['newshape', 'shape'],
  transpose: ['axes', 'perm']
};
/** Values of arguments that change nothing. */
const NEUTRAL: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  bias_add: { data_format: ['channels_last', 'NHWC'] },
  elu: { alpha: [1] },
  hard_shrink: { threshold: [0.5] },
  soft_shrink: { threshold: [0.5] },
  squareplus: { b: [4] },
  log_softmax: { axis: [-1] },
  relu: { negative_slope: [0], threshold: [0] },
  softplus: { beta: [1] }
};
/** Arguments of every operator that change no value. */
const NAMES: readonly string[] = ['name', 'function', 'dtype', 'trainable'];

/** The end of a sentence about an argument that would be ignored, or null. */
export function unhonoured(name: string, options: Config, positional: readonly Argument[]): Message | null {
  const read = new Set([...OPERAND_KEYS, ...NAMES, ...(OPTIONS[name] ?? [])]);
  for (const [option, value] of Object.entries(options)) {
    const changes = value !== null && value !== undefined && value !== false && value !== '';
    if (changes && !read.has(option) && !NEUTRAL[name]?.[option]?.includes(value)) {
      return message('has %1 = %2, which GradLens cannot compute', option, JSON.stringify(value));
    }
  }
  const extra = positional.find(value => value !== null && value !== undefined && value !== false);
  return extra === undefined
    ? null
    : message('has the argument %1, which GradLens cannot compute', JSON.stringify(extra));
}
