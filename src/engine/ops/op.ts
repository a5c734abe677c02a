/**
 * One operation of the executor: its forward kernel and its vector-Jacobian
 * product, both written with tfjs kernels. The engine does reverse mode
 * itself, node by node, because tfjs' tape is synchronous, cannot stop half
 * way, and has wrong gradients for several kernels (see docs/engine.md).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Attributes } from '../../graph/model-graph';

/** Services for an operation. */
export interface OpContext {
  attributes: Attributes;
  /** The weight of this role, uploaded and owned by the model: never dispose it. */
  weight(role: string): Tensor;
  hasWeight(role: string): boolean;
  /** A tensor made once from the weights (a flipped filter, …) and owned by the model. */
  derived(key: string, make: () => Tensor): Tensor;
}

export interface BackwardContext extends OpContext {
  /** Forward values; present only when the op says that it saves them. */
  inputs: Tensor[];
  output: Tensor;
  /** Concrete shapes, always present. */
  inputShapes: number[][];
  outputShape: number[];
  /** Guided backpropagation: a ReLU lets only positive gradients pass. */
  guided: boolean;
  /** For each input, whether its gradient is wanted. */
  wanted: boolean[];
}

export interface Op {
  /** Runs inside `tf.tidy`. */
  forward(inputs: Tensor[], context: OpContext): Tensor;
  /**
   * Gradient of a scalar with respect to each input, from `dy`, its gradient
   * with respect to the output. Runs inside `tf.tidy`; entries that are not
   * wanted may be null.
   */
  backward(dy: Tensor, context: BackwardContext): (Tensor | null)[];
  /** The forward values that `backward` reads. */
  saves(attributes: Attributes): { inputs: boolean; output: boolean };
}

/**
 * Work in parts, with a pause between two: a generator that yields all tensors
 * which its later parts read. Each part runs inside `tf.tidy`, so that what it
 * makes and does not yield is gone after it.
 */
export type Parts<T> = Generator<Tensor[], T, void>;

/** An operation that takes long where its input is long: a {@link Op} made in parts. */
export interface OpInParts extends Pick<Op, 'saves'> {
  forwardInParts(inputs: Tensor[], context: OpContext): Parts<Tensor>;
  backwardInParts(dy: Tensor, context: BackwardContext): Parts<(Tensor | null)[]>;
}

const NOTHING = { inputs: false, output: false };
const INPUTS = { inputs: true, output: false };
const OUTPUT = { inputs: false, output: true };

export const savesNothing = () => NOTHING;
export const savesInputs = () => INPUTS;
export const savesOutput = () => OUTPUT;
