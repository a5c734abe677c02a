/** Finds the layer at which a network's numbers stop being numbers. */
import * as tf from '@tensorflow/tfjs-core';
import { type Message, message } from '../../messages/message';
import type { CacheEntry } from '../model/forward-cache';
import type { OpenModel } from '../model/open-model';
import { type Values } from '../plan/step';
import { forward, type Walk } from './executor';

/**
 * A notice naming the first layer whose output holds NaN. Runs the
 * unmerged steps again: only done when the output holds NaN.
 */
export async function nanNotice(model: OpenModel, entry: CacheEntry, walk: Walk): Promise<Message> {
  const values: Values = new Map();
  for (const { node } of model.graph.inputs) {
    const input = entry.values.get(node);
    if (input) {
      values.set(node, tf.clone(input));
    }
  }
  try {
    for (const step of model.steps) {
      await forward([step], values, new Map(), walk, () => undefined);
      const data = await values.get(step.id)?.data();
      if (data?.some(Number.isNaN)) {
        return message(
          'The model computes NaN: first in the output of the layer %1. Its weights are damaged, or the input is far out of range.',
          step.layer
        );
      }
    }
  } finally {
    values.forEach(tensor => tensor.dispose());
  }
  return message('The model computes NaN in its output.');
}
