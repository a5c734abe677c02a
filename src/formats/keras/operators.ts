/**
 * Operators in Functional models (`x * 2 + 1`, `keras.ops.relu(x)`,
 * `tf.reduce_mean(x, [1, 2])`) as the layers or `op:` nodes that do the same.
 */
import type { NodeInput } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import { type Config, isConfig } from './json';
import { OPERAND_KEYS, OPERANDS_OF_TWO, POSITIONAL, REDUCTIONS, unhonoured } from './operator-arguments';
import { type Argument, type Call, type LayerSpec, TensorRef } from './spec';

/** An operator's operand: a tensor of the graph or a value. */
export type Operand = NodeInput | { value: Argument };

/** An array of numbers, C order. */
export interface ConstantArray {
  shape: number[];
  values: Float32Array;
}

export interface Operation {
  op: string;
  attributes: Config;
  inputs: NodeInput[];
}

/** Makes an operation of operands and keyword values, or the end of a sentence that says why not. */
type Maker = (operands: Operand[], options: Config) => Operation | Message;

function isTensor(operand: Operand | undefined): operand is NodeInput {
  return operand !== undefined && !('value' in operand);
}

/** Elementwise with two operands; lists of numbers, one a channel, become Rescaling. */
function binary(op: string): Maker {
  return operands => {
    if (operands.length !== 2) {
      return message('has %1 operands instead of two', operands.length);
    }
    const inputs: NodeInput[] = [];
    for (const operand of operands) {
      if (isTensor(operand)) {
        inputs.push(operand);
      } else if (typeof operand.value === 'number') {
        inputs.push({ constant: operand.value });
      } else {
        return byChannel(op, operands);
      }
    }
    return { op, attributes: {}, inputs };
  };
}

/** `x op [a, b, c]`: the constants run along the last axis. */
function byChannel(op: string, [x, list]: Operand[]): Operation | Message {
  const values = isTensor(list) ? null : flatNumbers(list.value);
  if (!isTensor(x) || !values) {
    return message('takes an array of constants that does not run along the channels alone');
  }
  switch (op) {
    case 'op:add':
      return rescaling(x, [1], values);
    case 'op:subtract':
      return rescaling(
        x,
        [1],
        values.map(value => -value)
      );
    case 'op:multiply':
      return rescaling(x, values, [0]);
    case 'op:divide':
      return rescaling(
        x,
        values.map(value => 1 / value),
        [0]
      );
    default:
      return message('takes an array of constants');
  }
}

function rescaling(x: NodeInput, scale: number[], offset: number[]): Operation {
  const single = (values: number[]) => (values.length === 1 ? values[0] : values);
  return { op: 'Rescaling', attributes: { scale: single(scale), offset: single(offset) }, inputs: [x] };
}

/** `[a, b]`, also inside lists of one: `[[[a, b]]]`. */
function flatNumbers(value: Argument): number[] | null {
  if (!Array.isArray(value)) {
    return null;
  }
  if (value.every(item => typeof item === 'number')) {
    return value;
  }
  return value.length === 1 ? flatNumbers(value[0]) : null;
}

/** Nested lists of numbers, all of one length at each depth, as an array. */
function arrayOf(value: Argument): ConstantArray | null {
  const shape: number[] = [];
  for (let inner: unknown = value; Array.isArray(inner); inner = inner[0]) {
    shape.push(inner.length);
  }
  const regular = (part: unknown, depth: number): boolean =>
    depth === shape.length
      ? typeof part === 'number'
      : Array.isArray(part) && part.length === shape[depth] && part.every(item => regular(item, depth + 1));
  return shape.length > 0 && shape.length <= 6 && regular(value, 0)
    ? { shape, values: Float32Array.from((value as unknown[]).flat(shape.length - 1) as number[]) }
    : null;
}

function unary(make: (x: NodeInput, options: Config) => Operation | Message): Maker {
  return ([x], options) => (isTensor(x) ? make(x, options) : message('takes no tensor'));
}

function activation(name: string, keys: Readonly<Record<string, string>> = {}, defaults: Config = {}): Maker {
  return unary((x, options) => {
    const given = Object.entries(keys).flatMap(([from, to]) =>
      options[from] === undefined || options[from] === null ? [] : [[to, options[from]] as const]
    );
    return {
      op: 'Activation',
      attributes: { activation: name, ...defaults, ...Object.fromEntries(given) },
      inputs: [x]
    };
  });
}

const softmax: Maker = unary((x, options) => ({
  op: 'Softmax',
  attributes: { axis: options.axis ?? -1 },
  inputs: [x]
}));

const identity: Maker = unary(x => ({ op: 'Identity', attributes: {}, inputs: [x] }));

/** Between floating-point types, of which all are computed in float32. */
const cast: Maker = unary((x, options) =>
  /^(?:tf\.|<dtype: ')?b?float/.test(dtypeOf(options.dtype))
    ? { op: 'Identity', attributes: {}, inputs: [x] }
    : message('rounds to %1, which GradLens cannot compute', dtypeOf(options.dtype))
);

/** A type by name, or as Keras 2 wrote it: `{ class_name: 'DType', config: 'float32' }` or the like. */
function dtypeOf(value: unknown): string {
  const named = isConfig(value) ? (value.config ?? value.name ?? value.class_name) : value;
  return typeof named === 'string' ? named : JSON.stringify(named ?? null);
}

/** A reduction along any axes. */
function reduction(kind: string): Maker {
  return unary((x, options) => {
    const axis = axesOf(options.axis);
    return axis
      ? { op: 'op:reduce', attributes: { kind, axis, keepdims: options.keepdims === true }, inputs: [x] }
      : message('works along all axes, that of the samples too');
  });
}

/** One axis or several, or null. */
function axesOf(value: unknown): number[] | null {
  const axes: unknown[] = [value].flat();
  return axes.length > 0 && axes.every(axis => typeof axis === 'number') ? axes : null;
}

/** A function of each value. */
function elementwise(name: string): Maker {
  return unary(x => ({ op: 'op:function', attributes: { function: name }, inputs: [x] }));
}

const clip = unary((x, options) => {
  const low = options.x_min ?? options.clip_value_min;
  const high = options.x_max ?? options.clip_value_max;
  return typeof low === 'number' && typeof high === 'number'
    ? { op: 'op:function', attributes: { function: 'clip', low, high }, inputs: [x] }
    : message('clips by values that are no numbers');
});

const power: Maker = ([x, exponent]) =>
  isTensor(x) && exponent !== undefined && !isTensor(exponent) && typeof exponent.value === 'number'
    ? { op: 'op:function', attributes: { function: 'power', exponent: exponent.value }, inputs: [x] }
    : message('has a power that is no number');

/** Puts in axes of size 1, takes them out, or turns axes round. */
function alongAxes(op: 'op:expand_dims' | 'op:squeeze' | 'op:flip'): Maker {
  return unary((x, options) => {
    const axis = axesOf(options.axis);
    return axis ? { op, attributes: { axis }, inputs: [x] } : message('does not say along which axes it works');
  });
}

const moveaxis: Maker = unary((x, options) => {
  const [source, destination] = [axesOf(options.source), axesOf(options.destination)];
  return source && destination && source.length === destination.length
    ? { op: 'op:moveaxis', attributes: { source, destination }, inputs: [x] }
    : message('does not say which axes it moves');
});

const swapaxes: Maker = unary((x, options) => {
  const [one, other] = [options.axis1, options.axis2];
  return typeof one === 'number' && typeof other === 'number'
    ? { op: 'op:moveaxis', attributes: { source: [one, other], destination: [other, one] }, inputs: [x] }
    : message('does not say which axes it swaps');
});

const concatenate: Maker = (operands, options) =>
  operands.length > 0 && operands.every(isTensor)
    ? { op: 'Concatenate', attributes: { axis: typeof options.axis === 'number' ? options.axis : 0 }, inputs: operands }
    : message('joins tensors with constants');

const reshape: Maker = unary((x, options) => {
  const shape = options.newshape ?? options.shape;
  return Array.isArray(shape) &&
    (shape[0] === -1 || shape[0] === null) &&
    shape.slice(1).every(size => typeof size === 'number' && size > 0)
    ? { op: 'Reshape', attributes: { target_shape: shape.slice(1) }, inputs: [x] }
    : message('makes a shape that mixes samples');
});

const transpose: Maker = unary((x, options) => {
  const order = options.axes ?? options.perm;
  return Array.isArray(order) && order[0] === 0
    ? { op: 'Permute', attributes: { dims: order.slice(1) }, inputs: [x] }
    : message('moves the axis of samples');
});

/** Indexing and stacking: see pick-channels, which knows what some of them come to. */
const getitem: Maker = unary((x, options) => ({
  op: 'op:getitem',
  attributes: { slices: options.slice_spec ?? options.key },
  inputs: [x]
}));
const stack: Maker = (operands, options) =>
  operands.every(isTensor)
    ? { op: 'op:stack', attributes: { axis: options.axis ?? 0 }, inputs: operands }
    : message('stacks tensors with constants');

/** The edges (before, after) of all axes but the batch's, or null. */
function edgesOf(widths: unknown): [number, number][] | null {
  const isEdge = (edge: unknown): edge is [number, number] =>
    Array.isArray(edge) && edge.length === 2 && edge.every(width => Number.isInteger(width) && width >= 0);
  return Array.isArray(widths) && widths.length > 1 && widths.every(isEdge) && widths[0].every(width => width === 0)
    ? widths.slice(1)
    : null;
}

const pad: Maker = unary((x, options) => {
  const pads = edgesOf(options.pad_width ?? options.paddings);
  const mode = typeof options.mode === 'string' ? options.mode.toLowerCase() : 'constant';
  const value = options.constant_values ?? 0;
  if (!pads) {
    return message('pads the axis of samples too');
  }
  if (!['constant', 'reflect', 'symmetric'].includes(mode) || typeof value !== 'number') {
    return message('pads in the mode %1, which GradLens does not know', mode);
  }
  const isZeroPadding = mode === 'constant' && value === 0 && pads.length === 3 && pads[2].every(width => width === 0);
  return isZeroPadding
    ? { op: 'ZeroPadding2D', attributes: { padding: pads.slice(0, 2), data_format: 'channels_last' }, inputs: [x] }
    : { op: 'op:pad', attributes: { pads, mode, value }, inputs: [x] };
});

const matmul: Maker = operands =>
  operands.length === 2 && operands.every(isTensor)
    ? { op: 'op:matmul', attributes: {}, inputs: operands }
    : message('multiplies a matrix of constants');

const negative: Maker = unary(x => ({ op: 'op:multiply', attributes: {}, inputs: [x, { constant: -1 }] }));
const square: Maker = unary(x => ({ op: 'op:multiply', attributes: {}, inputs: [x, x] }));

/** By name in snake case; Keras 2's are stripped of `tf.math.` and the like. */
const MAKERS: Readonly<Record<string, Maker>> = {
  add: binary('op:add'),
  bias_add: binary('op:add'),
  subtract: binary('op:subtract'),
  multiply: binary('op:multiply'),
  divide: binary('op:divide'),
  true_divide: binary('op:divide'),
  truediv: binary('op:divide'),
  maximum: binary('op:maximum'),
  minimum: binary('op:minimum'),
  relu: activation('relu'),
  relu6: activation('relu6'),
  sigmoid: activation('sigmoid'),
  tanh: activation('tanh'),
  silu: activation('silu'),
  swish: activation('silu'),
  hard_silu: activation('hard_silu'),
  hard_sigmoid: activation('hard_sigmoid'),
  softplus: activation('softplus'),
  softsign: activation('softsign'),
  elu: activation('elu'),
  selu: activation('selu'),
  celu: activation('celu', { alpha: 'alpha' }),
  hard_swish: activation('hard_silu'),
  hard_tanh: activation('hard_tanh'),
  hard_shrink: activation('hard_shrink'),
  soft_shrink: activation('soft_shrink'),
  tanh_shrink: activation('tanh_shrink'),
  log_sigmoid: activation('log_sigmoid'),
  squareplus: activation('squareplus'),
  sparse_plus: activation('sparse_plus'),
  sparse_sigmoid: activation('sparse_sigmoid'),
  exp: activation('exponential'),
  gelu: activation('gelu', { approximate: 'approximate' }),
  leaky_relu: activation(
    'leaky_relu',
    { negative_slope: 'negative_slope', alpha: 'negative_slope' },
    { negative_slope: 0.2 }
  ),
  softmax,
  log_softmax: activation('log_softmax'),
  identity,
  cast,
  stop_gradient: unary(x => ({ op: 'op:stop_gradient', attributes: {}, inputs: [x] })),
  convert_to_tensor: identity,
  getitem,
  get_item: getitem,
  stack,
  matmul,
  pad,
  negative,
  neg: negative,
  square,
  abs: elementwise('abs'),
  absolute: elementwise('abs'),
  sqrt: elementwise('sqrt'),
  rsqrt: elementwise('rsqrt'),
  log: elementwise('log'),
  log1p: elementwise('log1p'),
  expm1: elementwise('expm1'),
  sin: elementwise('sin'),
  cos: elementwise('cos'),
  erf: elementwise('erf'),
  reciprocal: elementwise('reciprocal'),
  sign: elementwise('sign'),
  floor: elementwise('floor'),
  ceil: elementwise('ceil'),
  round: elementwise('round'),
  power,
  pow: power,
  clip,
  clip_by_value: clip,
  expand_dims: alongAxes('op:expand_dims'),
  squeeze: alongAxes('op:squeeze'),
  flip: alongAxes('op:flip'),
  reverse: alongAxes('op:flip'),
  moveaxis,
  swapaxes,
  ...Object.fromEntries(Object.entries(REDUCTIONS).map(([name, kind]) => [name, reduction(kind)])),
  concat: concatenate,
  concatenate,
  reshape,
  transpose
};

/** True if a layer of this class is an operator in disguise (Keras 2). */
export function isWrappedOperator(className: string): boolean {
  return className === 'TFOpLambda' || className === 'SlicingOpLambda';
}

/**
 * The operation of one call of an operator, or words that say why there is
 * none, to follow its name. `resolve` finds the graph's value of a tensor,
 * `constant` makes one of an array.
 */
export function operationOf(
  spec: LayerSpec,
  call: Call,
  resolve: (tensor: TensorRef) => NodeInput,
  constant: (value: ConstantArray) => NodeInput
): Operation | Message {
  const name = operatorName(spec);
  const maker = MAKERS[name];
  if (!maker) {
    return message('is an operation that GradLens does not know');
  }
  const positional = call.args.map(argument => argument);
  const options: Record<string, Argument> = { ...spec.config, ...call.kwargs };
  const named = OPERAND_KEYS.filter(key => call.kwargs[key] !== undefined && call.kwargs[key] !== null).map(
    key => call.kwargs[key]
  );
  const [head, ...rest] = [...positional, ...named];
  const places = POSITIONAL[name] ?? [];
  rest.slice(0, places.length).forEach((value, i) => (options[places[i]] = value));
  const tail = OPERANDS_OF_TWO.has(name) ? rest : [];
  const problem = unhonoured(name, options, tail.length > 0 ? [] : rest.slice(places.length));
  if (problem !== null) {
    return problem;
  }
  const list: Argument[] = Array.isArray(head) && head.some(item => item instanceof TensorRef) ? head : [head];
  const operands = [...list, ...tail].map((argument): Operand => {
    if (argument instanceof TensorRef) {
      return resolve(argument);
    }
    const array = OPERANDS_OF_TWO.has(name) && !flatNumbers(argument) ? arrayOf(argument) : null;
    return array ? constant(array) : { value: argument };
  });
  return maker(operands, options);
}

/** `Add` -> `add`, `TrueDivide` -> `true_divide`, `math.reduce_mean` and `__operators__.add` without what comes before. */
function operatorName(spec: LayerSpec): string {
  if (isWrappedOperator(spec.className) && typeof spec.config.function === 'string') {
    return spec.config.function.split('.').pop() ?? '';
  }
  return spec.className.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** The operator's name in the file, for the user. */
export function operatorTitle(spec: LayerSpec): string {
  return isWrappedOperator(spec.className) && isConfig(spec.config) && typeof spec.config.function === 'string'
    ? `tf.${spec.config.function}`
    : spec.className;
}
