/**
 * A model some of whose channels are switched off: behind each such layer stands a step that
 * replaces them, and bears the layer's name, so that all that reads the layer reads what is left of it.
 */
import { numbersOf } from '../../graph/attributes';
import { movedOrder } from '../../graph/classes/operators';
import { spellShape } from '../../graph/classes/shapes';
import { type GraphNode, type ModelGraph, type Shape, sourcesOf } from '../../graph/model-graph';
import { message } from '../../messages/message';
import type { Step, ValueId } from '../plan/step';
import type { ChannelsOff } from '../protocol/channels';
import { RefusalError } from '../protocol/errors';
import type { OpenModel } from './open-model';

/** The layer's output before its channels are switched off. */
const wholeOf = (layer: ValueId): ValueId => `${layer}#whole`;

/** Keeps the last one of each model: the same channels are asked about again and again. */
const latest = new WeakMap<OpenModel, { key: string; model: OpenModel }>();

/**
 * The model with these channels off; it shares the weights of the one that is given.
 *
 * @throws RefusalError where a layer has no channels to switch off, or not these
 */
export function withChannelsOff(model: OpenModel, off: readonly ChannelsOff[] = []): OpenModel {
  const byLayer = chosenChannels(model, off);
  if (byLayer.size === 0) {
    return model;
  }
  const key = JSON.stringify([...byLayer].map(([layer, chosen]) => [layer, chosen]));
  const known = latest.get(model);
  if (known?.key === key) {
    return known.model;
  }
  const steps = model.steps.flatMap((step): Step[] => {
    const chosen = byLayer.get(step.id);
    if (!chosen) {
      return [step];
    }
    const whole = wholeOf(step.id);
    return [
      { ...step, id: whole },
      {
        id: step.id,
        layer: step.layer,
        op: 'switchOff',
        attributes: { ...chosen },
        inputs: [{ value: whole }],
        weights: {}
      }
    ];
  });
  const changed = model.withSteps(steps);
  latest.set(model, { key, model: changed });
  return changed;
}

interface Chosen {
  zero: number[];
  mean: number[];
}

function chosenChannels(model: OpenModel, off: readonly ChannelsOff[]): Map<ValueId, Chosen> {
  const byLayer = new Map<ValueId, Chosen>();
  for (const { layer, channels, by } of off) {
    requireChannels(model, layer, channels, by);
    const chosen = byLayer.get(layer) ?? { zero: [], mean: [] };
    chosen[by].push(...channels);
    if (channels.length > 0) {
      byLayer.set(layer, chosen);
    }
  }
  return byLayer;
}

/** @throws RefusalError unless this layer has channels, on its last axis; gives the shape of its output */
export function channelShape(model: OpenModel, layer: string): Shape {
  model.requireLayer(layer);
  const node = model.graph.nodes.find(({ id }) => id === layer);
  const shape = node?.outputShape ?? [];
  if (!node || shape.length < 2 || isChannelsFirst(model.graph, node)) {
    throw new RefusalError(
      message(
        'The layer %1 has no channels that can be told apart: its output %2 does not have them on its last axis.',
        layer,
        spellShape(shape)
      )
    );
  }
  return shape;
}

/** @throws RefusalError unless these channels of this layer can be switched off */
export function requireChannels(
  model: OpenModel,
  layer: string,
  channels: readonly number[],
  by: ChannelsOff['by']
): void {
  const shape = channelShape(model, layer);
  const { inputs, outputs } = model.graph;
  if (inputs.some(input => input.node === layer)) {
    throw new RefusalError(
      message('The layer %1 is an input, which has no channels to switch off: cover a part of the picture.', layer)
    );
  }
  if (outputs.some(output => output.node === layer)) {
    throw new RefusalError(
      message('The layer %1 is an output: its channels are the scores themselves. Choose a layer before it.', layer)
    );
  }
  if (shape.length === 2 && by === 'mean') {
    throw new RefusalError(
      message('The units of the layer %1 have one position each, so their mean changes nothing: set them to 0.', layer)
    );
  }
  const count = shape[shape.length - 1];
  const wrong = channels.find(channel => !Number.isInteger(channel) || channel < 0 || (count && channel >= count));
  if (wrong !== undefined) {
    throw new RefusalError(
      count
        ? message('The layer %1 has no channel %2: its channels are numbered 0 to %3.', layer, wrong, count - 1)
        : message('The layer %1 has no channel %2: channels are numbered from 0.', layer, wrong)
    );
  }
}

/** True where the last axis is not that of the channels: a layer before it has them first, or moved them away. */
function isChannelsFirst({ nodes }: ModelGraph, node: GraphNode): boolean {
  const byId = new Map(nodes.map(one => [one.id, one]));
  // The axis of `at` that is the last one of the layer.
  let axis = node.outputShape.length - 1;
  for (let at: GraphNode | undefined = node; at && at.outputShape.length > 2;) {
    const rank: number = at.outputShape.length;
    const order = at.attributes.data_format;
    if (typeof order === 'string') {
      return axis !== (order === 'channels_first' ? 1 : rank - 1);
    }
    const before: GraphNode | undefined = byId.get(sourcesOf(at)[0] ?? '');
    if (before?.outputShape.length !== rank || NEW_AXES.has(at.op)) {
      // What is given moved axes may have had its channels on any of them.
      return axis !== rank - 1 && at.op !== 'InputLayer';
    }
    axis = orderOf(at)?.[axis] ?? axis;
    at = before;
  }
  return false;
}

/** The axes of its input in the order in which a node puts them; null where they stay. */
function orderOf({ op, attributes, outputShape }: GraphNode): number[] | null {
  switch (op) {
    case 'Permute':
      return [0, ...numbersOf(attributes, 'dims', [])];
    case 'op:moveaxis':
      return movedOrder(
        numbersOf(attributes, 'source', []),
        numbersOf(attributes, 'destination', []),
        outputShape.length
      );
    default:
      return null;
  }
}

/** Classes whose last axis is not that of their input. */
const NEW_AXES = new Set(['Dense', 'EinsumDense', 'Reshape']);
