/** What the channels of layers do over several inputs. */
import * as tf from '@tensorflow/tfjs-core';
import { ChannelSums, imageChannels } from '../../../explain/channels/health';
import { isLasting, type Message, message, messageOf } from '../../../messages/message';
import { type DecodePicture, prepareInput } from '../../input/input';
import type { OpenModel } from '../../model/open-model';
import { channelShape } from '../../model/switched-off';
import { stepsFor } from '../../plan/region';
import type { Shapes, ValueId, Values } from '../../plan/step';
import { EngineError, isAbort } from '../../protocol/errors';
import type { HealthFindings, HealthParams } from '../../protocol/health';
import type { EngineInput, Progress } from '../../protocol/protocol';
import { forwardKeeping } from '../executor';
import { type CancelToken, Pacer } from '../pacer';
import { readTensor } from '../read-tensors';
import { endsOf } from './activation-ends';

export interface HealthServices {
  decode: DecodePicture;
  cancel: CancelToken;
  onProgress(progress: Progress): void;
}

/** Pairs of channels whose products are summed at the same time: 64 MiB. */
const MOST_PAIRS = 2 ** 23;

/**
 * One pass of the model for each input and group of layers: of layers with many channels, the
 * products of all pairs would not fit into memory together.
 */
export async function channelHealth(
  model: OpenModel,
  { samples, layers }: HealthParams,
  services: HealthServices
): Promise<HealthFindings> {
  const found = new Map<ValueId, HealthFindings['layers'][number]['health']>();
  const asked = layers.filter(layer => {
    const refusal = refusalOf(model, layer);
    if (refusal) {
      found.set(layer, refusal);
    }
    return refusal === null;
  });
  const groups = inGroups(model, asked);
  const problems = new Map<number, unknown>();
  const total = samples.length * Math.max(groups.length, 1);
  for (const [g, group] of groups.entries()) {
    const sums = new Map<ValueId, ChannelSums | Message>();
    for (const [i, sample] of samples.entries()) {
      services.onProgress({ phase: 'judge', done: g * samples.length + i, total });
      if (problems.has(i)) {
        continue;
      }
      try {
        await addSample(model, sample, group, sums, services);
      } catch (error) {
        if (isAbort(error) || error instanceof WebAssembly.RuntimeError) {
          throw error;
        }
        problems.set(i, error);
      }
    }
    for (const layer of group) {
      const of = sums.get(layer);
      if (of) {
        found.set(layer, of instanceof ChannelSums ? of.health() : of);
      }
    }
  }
  services.onProgress({ phase: 'judge', done: total, total });
  if (problems.size > 0 && problems.size === samples.length) {
    const [first] = problems.values();
    throw new EngineError(messageOf(first), 'EngineError', null, isLasting(first));
  }
  return {
    images: samples.length - problems.size,
    layers: layers.flatMap(layer => {
      const health = found.get(layer);
      return health ? [{ layer, health }] : [];
    }),
    problems: Array.from(problems.values(), messageOf)
  };
}

function refusalOf(model: OpenModel, layer: string): Message | null {
  try {
    channelShape(model, layer);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** Layers in their order, in groups whose pairs of channels fit together. */
function inGroups(model: OpenModel, layers: readonly ValueId[]): ValueId[][] {
  const nodes = new Map(model.graph.nodes.map(node => [node.id, node]));
  const groups: ValueId[][] = [];
  let room = 0;
  for (const layer of layers) {
    const pairs = (nodes.get(layer)?.outputShape.at(-1) ?? 1) ** 2;
    if (pairs > room || groups.length === 0) {
      groups.push([]);
      room = MOST_PAIRS;
    }
    groups[groups.length - 1].push(layer);
    room -= pairs;
  }
  return groups;
}

async function addSample(
  model: OpenModel,
  inputs: Readonly<Record<string, EngineInput>>,
  group: readonly ValueId[],
  sums: Map<ValueId, ChannelSums | Message>,
  services: HealthServices
): Promise<void> {
  const wanted = new Set(group);
  const values: Values = new Map();
  const shapes: Shapes = new Map();
  const pacer = new Pacer(services.cancel);
  try {
    const names = model.graph.inputs.map(({ name }) => name);
    for (const input of model.graph.inputs) {
      const { shape, data } = await prepareInput(inputs, input, names, services.decode);
      values.set(input.node, tf.tensor(data, shape, 'float32'));
      shapes.set(input.node, shape);
    }
    const steps = stepsFor(model.plan(wanted), wanted, new Set(values.keys()));
    await forwardKeeping(wanted, steps, values, shapes, { weights: model.weights, pacer, onStep: () => undefined });
    for (const layer of group) {
      await pacer.breathe();
      await addLayer(model, layer, values, sums);
    }
  } finally {
    values.forEach(tensor => tensor.dispose());
  }
}

async function addLayer(
  model: OpenModel,
  layer: ValueId,
  values: Values,
  sums: Map<ValueId, ChannelSums | Message>
): Promise<void> {
  const { shape, data } = await readTensor(layer, values);
  const channels = shape[shape.length - 1];
  const before = sums.get(layer) ?? new ChannelSums(channels, endsOf(model.steps, layer));
  if (!(before instanceof ChannelSums)) {
    return;
  }
  const image = imageChannels(data, channels, before.ends);
  if (before.channels !== channels || !image.isFinite) {
    sums.set(
      layer,
      image.isFinite
        ? message('The layer %1 has another number of channels for each image.', layer)
        : message('The layer %1 has values that are no finite numbers.', layer)
    );
    return;
  }
  const products = tf.tidy(() => {
    const rows = tf.reshape(values.get(layer)!, [image.positions, channels]);
    const centred = tf.sub(rows, tf.tensor1d(Float32Array.from(image.mean)));
    return tf.matMul(centred as tf.Tensor2D, centred as tf.Tensor2D, true, false);
  });
  try {
    before.add(image, await products.data());
  } finally {
    products.dispose();
  }
  sums.set(layer, before);
}
