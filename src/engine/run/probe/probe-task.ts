/** Sends a probe's setting to another worker, and makes the same probe of it there. */
import * as tf from '@tensorflow/tfjs-core';
import type { ModelProbe } from '../../../explain/model-probe';
import { message, MessageError } from '../../../messages/message';
import { explainedInput } from '../../input/input-space';
import type { OpenModel } from '../../model/open-model';
import type { Shapes, Values } from '../../plan/step';
import type { ProbeTask, Probing } from '../../protocol/helpers';
import type { RunParams } from '../../protocol/protocol';
import { type CancelToken, Pacer } from '../pacer';
import { scorePoint } from '../scoring/score-point';
import type { Crew } from './crew';
import { InputProbe, type ProbeSetting } from './input-probe';
import { SharedProbe } from './shared-probe';

/** A probe for a request's passes, with the help of others where there is any. */
export async function probeWith(
  setting: ProbeSetting,
  { model, off, output = null }: Pick<RunParams, 'model' | 'off' | 'output'>,
  crew: Crew | undefined
): Promise<ModelProbe> {
  const own = new InputProbe(setting);
  if (!crew) {
    return own;
  }
  const inputs: ProbeTask['inputs'] = {};
  for (const { node } of setting.model.graph.inputs) {
    const whole = setting.values.get(node);
    if (whole) {
      const shape = [1, ...whole.shape.slice(1)];
      inputs[node] = { shape, data: node === setting.input.node ? null : await sampleOf(whole, setting.sample) };
    }
  }
  const { target, kind: score } = setting;
  return new SharedProbe(own, crew, { model, off, inputs, target, score, output });
}

async function sampleOf(whole: tf.Tensor, sample: number): Promise<Float32Array> {
  const length = whole.size / whole.shape[0];
  return (await whole.data<'float32'>()).slice(sample * length, (sample + 1) * length);
}

/** One pass for another worker. */
export async function probe(
  model: OpenModel,
  { task, ask, pictures, count }: Probing,
  cancel: CancelToken
): Promise<Float64Array | Float32Array> {
  const { inputs, target, score, output } = task;
  const shapes: Shapes = new Map(Object.entries(inputs).map(([node, { shape }]) => [node, shape]));
  const point = scorePoint(model, { target, score, output }, true);
  if (!point) {
    throw new MessageError(message('there is no score to explain'));
  }
  const values: Values = new Map();
  try {
    Object.entries(inputs).forEach(([node, { shape, data }]) => data && values.set(node, tf.tensor(data, shape)));
    const input = explainedInput(model.graph, shapes);
    const pacer = new Pacer(cancel);
    const own = new InputProbe({
      model,
      values,
      input,
      sample: 0,
      point,
      target,
      kind: score,
      pacer,
      progress: () => undefined
    });
    return await own[ask](pictures, count);
  } finally {
    values.forEach(tensor => tensor.dispose());
  }
}
