/** An operator of keras.ops or TensorFlow: which arguments it takes, and the node that does the same. */
import { type Message, message } from '../../../messages/message';
import type { Config } from '../config/json';
import type { Argument } from '../config/spec';
import type { ConstantArray, MakeConstant, Operation, Term } from '../nodes/operation';

export { type ConstantArray, isOperation, type MakeConstant, type Operation, type Term } from '../nodes/operation';

/** A tensor, or an operation that gives one, or a value; of a list, what its entries are. */
export type Operand = Term | { value: Argument; list?: readonly Operand[] };

/**
 * Makes an operation of operands and keyword values, one for each output, or the end of a sentence that says why not.
 */
export type Maker = (
  operands: Operand[],
  options: Config,
  constant: MakeConstant,
  /** Number of its outputs up to the last that the model uses. */
  outputs: number
) => Operation | readonly Operation[] | Message;

export interface Operator {
  make: Maker;
  /**
   * The number of its operands, each by its own place or name; absent where it has one, or a list of them.
   * Or their names in the order of the signature: one that is left out is the value null.
   */
  operands?: number | readonly string[];
  /**
   * The arguments after the operands in the order of the signature, for what Keras 2 writes into kwargs or args alike.
   */
  after?: readonly string[];
  /** Further arguments that `make` reads. */
  reads?: readonly string[];
  /** Values of further arguments that change nothing. */
  neutral?: Readonly<Record<string, readonly unknown[]>>;
}

export type Operators = Readonly<Record<string, Operator>>;

/** The same operator by several names. */
export const named = (names: readonly string[], operator: Operator): Operators =>
  Object.fromEntries(names.map(name => [name, operator]));

/** True of an argument that the call leaves out. */
export const isAbsent = (operand: Operand): boolean => 'value' in operand && operand.value === null;

export function isTensor(operand: Operand | undefined): operand is Term {
  return operand !== undefined && !('value' in operand);
}

/** Of one tensor. */
export function unary(make: (x: Term, options: Config, outputs: number) => ReturnType<Maker>): Maker {
  return ([x], options, _, outputs) => (isTensor(x) ? make(x, options, outputs) : message('takes no tensor'));
}

/** One axis or several, or null. */
export function axesOf(value: unknown): number[] | null {
  const axes: unknown[] = [value].flat();
  return axes.length > 0 && axes.every(axis => typeof axis === 'number') ? axes : null;
}

/** Nested lists of numbers or truths, all of one length at each depth, as an array. */
export function arrayOf(value: Argument): ConstantArray | null {
  const shape: number[] = [];
  for (let inner: unknown = value; Array.isArray(inner); inner = inner[0]) {
    shape.push(inner.length);
  }
  const regular = (part: unknown, depth: number): boolean =>
    depth === shape.length
      ? typeof part === 'number' || typeof part === 'boolean'
      : Array.isArray(part) && part.length === shape[depth] && part.every(item => regular(item, depth + 1));
  return shape.length > 0 && shape.length <= 6 && regular(value, 0)
    ? { shape, values: Float32Array.from((value as unknown[]).flat(shape.length - 1) as number[], Number) }
    : null;
}

/** An operand as a node's input: a tensor, a number, or an array as a constant; null for anything else. */
export function inputOf(operand: Operand | undefined, constant: MakeConstant): Term | null {
  if (operand === undefined || isTensor(operand)) {
    return operand ?? null;
  }
  const single = [operand.value].flat(Infinity);
  if (single.length === 1 && (typeof single[0] === 'number' || typeof single[0] === 'boolean')) {
    return { constant: Number(single[0]) };
  }
  const array = arrayOf(operand.value);
  return array ? constant(array) : null;
}

/** All operands as inputs of one operation, at least one of them a tensor. */
export function combining(op: string, attributes: Config = {}): Maker {
  return (operands, _, constant) => {
    const inputs = operands.map(operand => inputOf(operand, constant));
    if (!operands.some(isTensor)) {
      return message('takes no tensor');
    }
    return inputs.every(input => input !== null)
      ? { op, attributes, inputs }
      : message('takes what is neither a tensor nor numbers');
  };
}

/** Of two operands, of which numbers and arrays are made terms; at least one is a tensor. */
export const ofTwo =
  (make: (a: Term, b: Term, options: Config) => ReturnType<Maker>): Maker =>
  (operands, options, constant) => {
    const [a, b] = operands.map(operand => inputOf(operand, constant));
    return operands.length === 2 && a && b && operands.some(isTensor)
      ? make(a, b, options)
      : message('does not take two tensors, or a tensor and numbers');
  };
