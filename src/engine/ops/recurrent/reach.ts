/** Carries a recurrent cell's input and state to its gates. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OpContext } from '../op';

/** From the cell's input, or its output before, to its gates, by a kernel. */
export interface Reach {
  /** Of the input at all steps, each a sample; with the bias. */
  input(samples: Tensor, context: OpContext): Tensor;
  /** Its gradient at the samples, which have this shape. */
  inputGradient(dy: Tensor, shape: number[], context: OpContext): Tensor;
  state(h: Tensor, context: OpContext): Tensor;
  stateGradient(dy: Tensor, context: OpContext): Tensor;
}
