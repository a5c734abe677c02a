/** A backward pass whose gradients are read off the backend. */
import * as tf from '@tensorflow/tfjs-core';
import type { GradientRegion } from '../plan/region';
import type { ValueId } from '../plan/step';
import { type Shapes, type Values } from '../plan/step';
import { backward, type Walk } from './executor';
import { readTensor } from './read-tensors';

/**
 * Gradients at `taps`, given `seed`, the score's gradient at `at` in C order.
 * A tap on which the score does not depend is missing.
 */
export async function readGradients(
  region: GradientRegion,
  values: Values,
  shapes: Shapes,
  seed: { at: ValueId; gradient: Float32Array },
  taps: ReadonlySet<ValueId>,
  walk: Walk
): Promise<Map<ValueId, Float32Array>> {
  const read = new Map<ValueId, Float32Array>();
  const gradient = tf.tensor(seed.gradient, shapes.get(seed.at));
  try {
    await backward(region, values, shapes, { at: seed.at, gradient }, taps, walk, async (id, tensor) => {
      read.set(id, (await readTensor(id, new Map([[id, tensor]]))).data);
    });
  } finally {
    gradient.dispose();
  }
  return read;
}
