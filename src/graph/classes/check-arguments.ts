/**
 * Holds the arguments of a layer against what its class declares: a number
 * computed without an argument would be wrong without a word.
 */
import type { Attributes, AttributeValue, Shape } from '../model-graph';
import { layerClass } from './index';
import { any, type Argument, type Arguments, type ArgumentType, only } from './layer-class';

/** Of every class: they matter for training, or say how the layer is named and fed. */
const COMMON: Arguments = {
  name: any,
  trainable: any,
  batch_input_shape: any,
  batch_shape: any,
  input_dtype: any,
  seed_generator: any,
  // The file's kernel has the adaptation merged in.
  lora_rank: any,
  lora_alpha: any,
  quantization_config: only(null)
};

/** Dtype policies that are computed in float32; quantised weights are other numbers than they seem. */
const POLICY = /^(?:mixed_)?b?float(?:16|32|64)$/;

/** Types of whole numbers: a layer of one cuts the fractions off what it takes. */
export const WHOLE = /^u?int(?:8|16|32|64)$|^bool$/;

/** Layers that take or give whole numbers whatever their type. */
const IS_WHOLE: ReadonlySet<string> = new Set([
  'InputLayer',
  'IntegerLookup',
  'Hashing',
  'HashedCrossing',
  'CategoryEncoding',
  'Discretization'
]);

const isPolicy = (op: string, value: AttributeValue): boolean =>
  typeof value !== 'string' || POLICY.test(value) || (WHOLE.test(value) && (IS_WHOLE.has(op) || op.startsWith('op:')));

const isList = (value: AttributeValue): boolean =>
  Array.isArray(value) &&
  value.every((item: AttributeValue) => item === null || typeof item === 'number' || isList(item));

const IS_OF_TYPE: Readonly<Record<ArgumentType, (value: AttributeValue) => boolean>> = {
  number: value => typeof value === 'number',
  flag: value => typeof value === 'boolean',
  text: value => typeof value === 'string',
  list: isList,
  'number or list': value => typeof value === 'number' || isList(value),
  any: () => true
};

export interface UnhonouredArgument {
  argument: string;
  value: AttributeValue;
}

/** The first argument of a layer that would be ignored, or null. `input` is the shape of its first input. */
export function unhonouredArgument(op: string, attributes: Attributes, input: Shape): UnhonouredArgument | null {
  const { dtype } = attributes;
  if (dtype !== undefined && !isPolicy(op, dtype)) {
    return { argument: 'dtype', value: dtype };
  }
  const declared = layerClass(op)?.arguments;
  if (!declared) {
    return null;
  }
  const all: Arguments = { ...COMMON, ...declared };
  for (const [argument, value] of Object.entries(attributes)) {
    if (value !== undefined && argument !== 'dtype' && !honours(all[argument], value, input, attributes)) {
      return { argument, value };
    }
  }
  return null;
}

function honours(declared: Argument | undefined, value: AttributeValue, input: Shape, attributes: Attributes): boolean {
  if (declared === undefined) {
    // An argument of a later Keras at what is surely its default.
    return value === null;
  }
  const { type, honours: honoured } = declared;
  if (value !== null && !IS_OF_TYPE[type](value)) {
    return false;
  }
  return (
    honoured === undefined ||
    (typeof honoured === 'function' ? honoured(value, input, attributes) : honoured.includes(value))
  );
}

/** The attributes with Keras' defaults for what the file leaves out. */
export function withDefaults(op: string, attributes: Attributes): Attributes {
  const missing = Object.entries(layerClass(op)?.arguments ?? {}).flatMap(([name, argument]) =>
    argument.default !== undefined && (attributes[name] === undefined || isGap(argument, attributes[name]))
      ? [[name, argument.default] as const]
      : []
  );
  return { ...attributes, ...Object.fromEntries(missing) };
}

/** Null where Keras takes its default for it. */
const isGap = ({ type }: Argument, value: AttributeValue): boolean =>
  value === null && (type === 'number' || type === 'list');
