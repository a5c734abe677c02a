/** What an operator is made of: operations, which become nodes; some only once the shapes of their inputs are known. */
import type { NodeInput, Shape } from '../../../graph/model-graph';
import type { Message } from '../../../messages/message';
import type { Config } from '../config/json';

/** A node to be made. Its inputs may be operations themselves, which become nodes inside the operator's. */
export interface Operation {
  op: string;
  attributes: Config;
  inputs: readonly (NodeInput | Operation)[];
  /** Of an `op:shaped`: what it is made of. */
  grow?: Grow;
}

/** An operation's arguments. */
export type Term = NodeInput | Operation;

export const isOperation = (term: Term): term is Operation => 'op' in term;

/** An array of numbers, C order. */
export interface ConstantArray {
  shape: number[];
  values: Float32Array;
}

/** Makes an array a tensor of the graph. */
export type MakeConstant = (value: ConstantArray) => NodeInput;

/**
 * The operation that works on inputs of these shapes, of which all sizes but the samples' are known;
 * or the end of a sentence that says why there is none.
 */
export type Grow = (
  inputs: readonly NodeInput[],
  shapes: readonly Shape[],
  constant: MakeConstant
) => Operation | Message;
