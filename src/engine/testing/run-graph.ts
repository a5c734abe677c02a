/** Runs a whole graph forward and backward on the current backend, from its inputs to its first output. */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelGraph } from '../../graph/model-graph';
import { WeightStore } from '../model/weight-store';
import { expandGraph } from '../plan/expand';
import { fuse } from '../plan/fuse';
import { gradientRegion } from '../plan/region';
import { type Values } from '../plan/step';
import { WeightFolder } from '../plan/weight-folder';
import { forward } from '../run/executor';
import { Pacer } from '../run/pacer';
import { readGradients } from '../run/read-gradients';
import { decode, type StoredTensor } from './numbers';

export interface GraphResult {
  output: { shape: number[]; data: Float32Array };
  /** At each input, of the sum of the output times `seed`; zeros where the output does not depend on it. */
  gradients: Float32Array[];
}

export async function runGraph(graph: ModelGraph, inputs: StoredTensor[], seed: StoredTensor): Promise<GraphResult> {
  const [{ node: at }] = graph.outputs;
  const taps = graph.inputs.map(input => input.node);
  const steps = fuse(expandGraph(graph), new Set([at, ...taps]), new WeightFolder());
  const values: Values = new Map();
  const shapes = new Map<string, number[]>();
  taps.forEach((tap, i) => {
    // A picture without channels gets an axis of them, as engine/input does it.
    const rank = graph.inputs[i].shape.length;
    const shape = rank > inputs[i].shape.length ? [...inputs[i].shape, 1] : inputs[i].shape;
    values.set(tap, tf.tensor(decode(inputs[i]), shape));
    shapes.set(tap, shape);
  });
  const walk = { weights: new WeightStore(), pacer: new Pacer({ aborted: false }), onStep: () => undefined };
  await forward(steps, values, shapes, walk, () => undefined);
  const region = gradientRegion(steps, taps, at);
  const found = await readGradients(region, values, shapes, { at, gradient: decode(seed) }, new Set(taps), walk);
  const output = values.get(at)!;
  const result = {
    output: { shape: output.shape, data: output.dataSync<'float32'>() as Float32Array },
    gradients: taps.map((tap, i) => found.get(tap) ?? new Float32Array(decode(inputs[i]).length))
  };
  values.forEach(tensor => tensor.dispose());
  walk.weights.dispose();
  return result;
}
