/** The two dialects in which Keras files say how layers are called. */
import { type Config, isConfig, shapeOf } from './json';
import { type Argument, type Call, TensorRef } from './spec';

/** Decodes `inbound_nodes` of one layer, by either dialect. `names` are the layers of the model. */
export function decodeCalls(inbound: readonly unknown[], names: ReadonlySet<string>): Call[] {
  return inbound.map(node =>
    isConfig(node) && Array.isArray(node.args) ? decodeKeras3(node) : decodeKeras2(node, names)
  );
}

/** Keras 3: `{args, kwargs}`, tensors as `{class_name: '__keras_tensor__', config: {keras_history}}`. */
function decodeKeras3(node: Config): Call {
  const kwargs = isConfig(node.kwargs) ? node.kwargs : {};
  return {
    args: (node.args as unknown[]).map(decodeArgument),
    kwargs: Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, decodeArgument(value)]))
  };
}

function decodeArgument(value: unknown): Argument {
  if (Array.isArray(value)) {
    return value.map(decodeArgument);
  }
  if (!isConfig(value)) {
    return value;
  }
  const config = isConfig(value.config) ? value.config : {};
  switch (value.class_name) {
    case '__keras_tensor__':
      return reference(config.keras_history, shapeOf(config.shape)) ?? value;
    case '__tuple__':
      return Array.isArray(value.items) ? value.items.map(decodeArgument) : value;
    case '__tensor__':
    case '__numpy__':
      return config.value;
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeArgument(item)]));
    default:
      return value;
  }
}

/** `[layer, call, output]` as a reference, or null. */
export function reference(value: unknown, shape: (number | null)[] | null = null): TensorRef | null {
  return Array.isArray(value) &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'number' &&
    typeof value[2] === 'number'
    ? new TensorRef(value[0], value[1], value[2], shape)
    : null;
}

/** The name of a constant in place of a layer. */
const CONSTANT = '_CONSTANT_VALUE';

/**
 * Keras 2: a list of `[layer, call, output, kwargs]`, or one such entry where
 * an operator takes one tensor, or a dictionary of them. Constants come as
 * `['_CONSTANT_VALUE', -1, value, kwargs]`; further tensors hide in kwargs.
 */
function decodeKeras2(node: unknown, names: ReadonlySet<string>): Call {
  if (isEntry(node)) {
    return { args: [first(node)], kwargs: keywords(node[3], names) };
  }
  if (isConfig(node)) {
    const entries = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, isEntry(value) ? first(value) : value])
    );
    return { args: [entries], kwargs: {} };
  }
  const entries = Array.isArray(node) ? node.filter(isEntry) : [];
  const kwargs = Object.assign({}, ...entries.map(entry => keywords(entry[3], names))) as Call['kwargs'];
  return { args: entries.length === 1 ? [first(entries[0])] : [entries.map(first)], kwargs };
}

function isEntry(value: unknown): value is unknown[] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number' && value.length >= 3;
}

function first(entry: unknown[]): Argument {
  return entry[0] === CONSTANT ? entry[2] : reference(entry);
}

function keywords(value: unknown, names: ReadonlySet<string>): Call['kwargs'] {
  const decode = (item: unknown): Argument => {
    if (Array.isArray(item)) {
      const found = item.length === 3 && names.has(String(item[0])) ? reference(item) : null;
      return found ?? item.map(decode);
    }
    return item;
  };
  return isConfig(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)])) : {};
}
