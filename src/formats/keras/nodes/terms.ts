/** Expressions of the operations that the engine has, for operators that are made of several. */
import type { Config } from '../config/json';
import type { Operation, Term } from './operation';
import type { Sizes } from './sizes';

const operation = (op: string, inputs: readonly Term[], attributes: Config = {}): Operation => ({
  op,
  attributes,
  inputs
});

/** A number, or a tensor or operation as it is. */
type Operand = Term | number;

const termOf = (operand: Operand): Term => (typeof operand === 'number' ? { constant: operand } : operand);

const ofTwo =
  (op: string, attributes?: Config) =>
  (a: Operand, b: Operand): Operation =>
    operation(op, [termOf(a), termOf(b)], attributes);

export const add = ofTwo('op:add');
export const subtract = ofTwo('op:subtract');
export const multiply = ofTwo('op:multiply');
export const divide = ofTwo('op:divide');
export const maximum = ofTwo('op:maximum');
export const minimum = ofTwo('op:minimum');

/** A function of two operands, by the engine's name. */
export const binary = (name: string, a: Operand, b: Operand): Operation => ofTwo('op:binary', { function: name })(a, b);

/** A function of each value, by the engine's name. */
export const apply = (name: string, x: Term, attributes: Config = {}): Operation =>
  operation('op:function', [x], { function: name, ...attributes });

/** The largest number in float32: attributes travel as JSON, which has no infinity. */
export const LARGEST = 3.4028234663852886e38;

/** Of numbers, computed here. */
const FOLDED: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  sign: Math.sign,
  isnan: x => Number(Number.isNaN(x))
};

/** A function of each value of a term that may be a number. */
export const applyTo = (name: keyof typeof FOLDED, x: Term): Term =>
  'constant' in x ? { constant: FOLDED[name](x.constant) } : apply(name, x);

export const where = (condition: Term, yes: Operand, no: Operand): Operation =>
  operation('op:where', [condition, termOf(yes), termOf(no)]);

/** With numbers in place of NaN and the infinities. */
export const finite = (x: Term, none: number, most = LARGEST, least = -LARGEST): Operation =>
  where(
    apply('isnan', x),
    none,
    where(binary('greater', x, LARGEST), most, where(binary('less', x, -LARGEST), least, x))
  );

/** A reduction, by the engine's name. */
export const reduce = (kind: string, x: Term, axis: readonly number[], keepdims: boolean): Operation =>
  operation('op:reduce', [x], { kind, axis, keepdims });

export const activate = (activation: string, x: Term, attributes: Config = {}): Operation =>
  operation('Activation', [x], { activation, ...attributes });

/** A term that lets no gradient through. */
export const constant = (x: Term): Operation => operation('op:stop_gradient', [x]);

export const flip = (x: Term, axis: readonly number[]): Operation => operation('op:flip', [x], { axis });
export const swap = (x: Term, one: number, other: number): Operation =>
  operation('op:moveaxis', [x], { source: [one, other], destination: [other, one] });
export const moveAxes = (x: Term, source: readonly number[], destination: readonly number[]): Operation =>
  operation('op:moveaxis', [x], { source, destination });
/** Keeps the band between a diagonal so far below the main one and another so far above; -1 for all. */
export const band = (x: Term, lower: number, upper: number): Operation => operation('op:band', [x], { lower, upper });
/** 0, 1, 2, … along an axis, in the shape of a term. */
export const countUp = (x: Term, axis: number): Operation =>
  operation('op:cumsum', [apply('ones_like', x)], { axis, exclusive: true, reverse: false });
export const reshape = (x: Term, shape: readonly (number | Sizes)[]): Operation =>
  operation('Reshape', [x], { target_shape: shape });
export const stack = (terms: readonly Term[], axis: number): Operation => operation('op:stack', terms, { axis });
export const expandDims = (x: Term, axis: number): Operation => operation('op:expand_dims', [x], { axis: [axis] });
export const concatenate = (terms: readonly Term[], axis: number): Operation =>
  operation('Concatenate', terms, { axis });

/** Part number `part` along an axis, of as many equal parts, or of `{ begin }` or `{ sizes }`. */
export const part = (x: Term, axis: number, index: number, of: number | Config): Operation =>
  operation('op:part', [x], { axis, part: index, of, drop: false });

/** Products summed as an equation says. */
export const einsum = (equation: string, ...terms: readonly Term[]): Operation =>
  operation('op:contract', terms, { kind: 'einsum', equation });
