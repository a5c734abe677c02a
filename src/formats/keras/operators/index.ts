/**
 * Operators in Functional models (`x * 2 + 1`, `keras.ops.relu(x)`,
 * `tf.reduce_mean(x, [1, 2])`) as the layers or `op:` nodes that do the same.
 */
import type { NodeInput } from '../../../graph/model-graph';
import { isMessage, type Message, message } from '../../../messages/message';
import { type Config, isConfig } from '../config/json';
import { type Argument, type Call, type LayerSpec, TensorRef } from '../config/spec';
import type { Sizes } from '../nodes/sizes';
import { ACTIVATIONS } from './activations';
import { ARITHMETIC } from './arithmetic';
import { ARRANGE } from './arrange';
import { ATTENTION } from './attention';
import { COMPOSITIONS } from './compositions';
import { CONTRACTION } from './contraction';
import { DIAGONALS } from './diagonals';
import { FOURIER } from './fourier';
import { FUNCTIONS } from './functions';
import { INDICES } from './indices';
import { INTEGERS } from './integers';
import { LOSSES } from './losses';
import { MATRICES } from './matrices';
import { NORMALIZING } from './normalizing';
import type { MakeConstant, Operand, Operation, Operator, Operators } from './operator';
import { ORDERS } from './orders';
import { PICTURES } from './pictures';
import { PROJECTIVE } from './projective';
import { REDUCTIONS } from './reductions';
import { MIXING, REFUSED } from './refused';
import { UPDATES } from './updates';

export { type ConstantArray, isOperation, type Operation, type Term } from './operator';

/** By name in snake case; Keras 2's are stripped of `tf.math.` and the like. */
const OPERATORS: Operators = {
  ...ARITHMETIC,
  ...FUNCTIONS,
  ...COMPOSITIONS,
  ...PICTURES,
  ...ACTIVATIONS,
  ...REDUCTIONS,
  ...ARRANGE,
  ...DIAGONALS,
  ...INDICES,
  ...ORDERS,
  ...NORMALIZING,
  ...ATTENTION,
  ...LOSSES,
  ...CONTRACTION,
  ...INTEGERS,
  ...MATRICES,
  ...FOURIER,
  ...UPDATES,
  ...PROJECTIVE
};

/** Arguments that hold operands, in the order of the signatures. */
const OPERAND_KEYS = [
  'condition',
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
  'inputs',
  'input_tensor',
  'params',
  'tensor',
  't',
  'value',
  'bias'
];

/** Arguments of every operator that change no value. */
const NAMES: readonly string[] = ['name', 'function', 'dtype', 'trainable'];

/** True if a layer of this class is an operator in disguise (Keras 2). */
export function isWrappedOperator(className: string): boolean {
  return className === 'TFOpLambda' || className === 'SlicingOpLambda';
}

/**
 * The operations of one call of an operator, one for each output, or words
 * that say why there are none, to follow its name. `resolve` finds the graph's
 * value of a tensor, `constant` makes one of an array; `outputs` of its outputs are used;
 * `sizes` finds what a tensor is of another's shape.
 */
export function operationsOf(
  spec: LayerSpec,
  call: Call,
  resolve: (tensor: TensorRef) => NodeInput,
  constant: MakeConstant,
  outputs: number,
  sizes: (tensor: TensorRef) => Sizes | null
): readonly Operation[] | Message {
  if (MIXING.has(operatorName(spec))) {
    return message('works along all axes, that of the samples too');
  }
  const operator = Object.hasOwn(OPERATORS, operatorName(spec)) ? OPERATORS[operatorName(spec)] : undefined;
  if (!operator) {
    return REFUSED.get(operatorName(spec)) ?? message('is an operation that GradLens does not know');
  }
  const { operands, options: given, left } = argumentsOf(operator, spec, call);
  const options = withSizesIn(given, sizes);
  const problem = unhonoured(operator, options, left);
  if (problem !== null) {
    return problem;
  }
  const operandOf = (argument: Argument): Operand =>
    argument instanceof TensorRef
      ? resolve(argument)
      : { value: argument, ...(Array.isArray(argument) ? { list: argument.map(operandOf) } : {}) };
  const values = operands.map(operandOf);
  const made = operator.make(values, options, constant, outputs);
  return isMessage(made) ? made : 'op' in made ? [made] : made;
}

/** Tensors among other arguments are sizes of others, or nothing that is known. */
function withSizesIn(options: Config, sizes: (tensor: TensorRef) => Sizes | null): Config {
  const known = (value: unknown): unknown =>
    value instanceof TensorRef ? (sizes(value) ?? value) : Array.isArray(value) ? value.map(known) : value;
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, known(value)]));
}

/** The operands of a call, the other arguments by name, and those by place that have no name. */
function argumentsOf(
  { operands: count, after = [] }: Operator,
  spec: LayerSpec,
  call: Call
): { operands: Argument[]; options: Config; left: Argument[] } {
  const names = typeof count === 'object' ? count : null;
  const isOperand = (key: string): boolean => (names ?? OPERAND_KEYS).includes(key);
  const options: Record<string, Argument> = {
    ...spec.config,
    ...Object.fromEntries(Object.entries(call.kwargs).filter(([key]) => !isOperand(key)))
  };
  if (names) {
    const rest = call.args.slice(names.length);
    rest.slice(0, after.length).forEach((value, i) => (options[after[i]] = value));
    return {
      operands: names.map((name, i) => call.args[i] ?? call.kwargs[name] ?? null),
      options,
      left: rest.slice(after.length)
    };
  }
  const named = OPERAND_KEYS.map(key => call.kwargs[key]).filter(value => value !== undefined && value !== null);
  const head = call.args[0] ?? named[0];
  // A list of tensors is the operands, all of them.
  const isList = Array.isArray(head) && head.some(item => item instanceof TensorRef);
  const places = isList ? 1 : typeof count === 'number' ? count : 1;
  const operands = [...call.args.slice(0, places), ...named];
  const rest = call.args.slice(places);
  rest.slice(0, after.length).forEach((value, i) => (options[after[i]] = value));
  return {
    operands: isList ? (head as Argument[]) : operands.slice(0, places),
    options,
    left: [...rest.slice(after.length), ...operands.slice(places)]
  };
}

/** The end of a sentence about an argument that would be ignored, or null. */
function unhonoured(operator: Operator, options: Config, left: readonly Argument[]): Message | null {
  const { after = [], reads = [], neutral = {} } = operator;
  const read = new Set([...NAMES, ...after, ...reads]);
  for (const [option, value] of Object.entries(options)) {
    const changes = value !== null && value !== undefined && value !== false && value !== '';
    if (changes && !read.has(option) && !neutral[option]?.includes(value)) {
      return message('has %1 = %2, which GradLens cannot compute', option, JSON.stringify(value));
    }
  }
  const extra = left.find(value => value !== null && value !== undefined && value !== false);
  return extra === undefined
    ? null
    : message('has the argument %1, which GradLens cannot compute', JSON.stringify(extra));
}

/**
 * Modules of TensorFlow whose functions do what their names say elsewhere. Those of
 * `compat.v1.image`, `sparse` and others share names with functions that do not the same.
 */
const MODULES = /^(compat\.v[12]\.)?((math|nn|linalg|__operators__)\.)?\w+$|^image\.\w+$/;

/**
 * `Add` -> `add`, `TrueDivide` -> `true_divide`, `math.reduce_mean` and `__operators__.add` without what comes before.
 */
function operatorName(spec: LayerSpec): string {
  if (isWrappedOperator(spec.className) && typeof spec.config.function === 'string') {
    const path = spec.config.function;
    const name = path.split('.').pop() ?? '';
    return Object.hasOwn(OPERATORS, path) ? path : MODULES.test(path) ? name : path;
  }
  return spec.className.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** The operator's name in the file, for the user. */
export function operatorTitle(spec: LayerSpec): string {
  return isWrappedOperator(spec.className) && isConfig(spec.config) && typeof spec.config.function === 'string'
    ? `tf.${spec.config.function}`
    : spec.className;
}
