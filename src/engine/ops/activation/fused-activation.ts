/** Activations that a convolution, dense or scale-and-shift kernel applies in the same pass. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Attributes } from '../../../graph/model-graph';
import { rectifierGradient } from '../../kernels/gradients';
import type { FusedActivation } from '../../kernels/winograd';
import type { BackwardContext } from '../op';

/** True if a kernel can apply this activation itself. */
export function isFusable(name: string): name is FusedActivation {
  return name === 'linear' || name === 'relu' || name === 'relu6';
}

/** The activation merged into a node by the planner, kept under the attribute `fused`. */
export function fusedActivation(attributes: Attributes): FusedActivation {
  const name = attributes.fused;
  return typeof name === 'string' && isFusable(name) ? name : 'linear';
}

/** dy through the merged activation; ReLU has gradient 0 at 0, ReLU6 also at 6, as TensorFlow. */
export function fusedGradient(dy: Tensor, context: BackwardContext): Tensor {
  const activation = fusedActivation(context.attributes);
  return activation === 'linear'
    ? dy
    : rectifierGradient(dy, context.output, activation === 'relu6' ? 6 : Infinity, context.guided);
}

export function savesForFused(attributes: Attributes): { inputs: boolean; output: boolean } {
  return { inputs: false, output: fusedActivation(attributes) !== 'linear' };
}

/** Applies the activation where a kernel cannot. */
export function applyFused(x: Tensor, attributes: Attributes): Tensor {
  switch (fusedActivation(attributes)) {
    case 'relu':
      return tf.relu(x);
    case 'relu6':
      return tf.relu6(x);
    default:
      return x;
  }
}
