/**
 * Takes one value of a layer apart into the numbers that it was computed of: read from the layer's input and the
 * file's weights, and summed anew in double precision, so that it stands beside what the map shows and can be checked.
 */
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, flatNumbers, numberOf, numbersOf } from '../../../graph/attributes';
import { type GraphNode, sourcesOf } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import type { OpenModel } from '../../model/open-model';
import { activationFunctions } from '../../ops/activation/activation-functions';
import { expandNode } from '../../plan/expand';
import type { Step } from '../../plan/step';
import { RefusalError } from '../../protocol/errors';
import type { RunParams, RunResult, TensorData } from '../../protocol/protocol';
import type { CellOf, CellParts, CellSum } from '../../protocol/sums';
import type { RunServices } from '../job';
import { runRequest } from '../run-request';
import { refuseOver } from './budget';
import {
  convolved,
  convolvedAlone,
  convolvedInTwo,
  scaled,
  spread,
  type Taken,
  totalsOfUnits,
  weighed
} from './products';
import { layoutOf, placeOf, spaceOf, valueOf } from './space';
import { valuesAt } from './values';
import { pooled, pooledWhole } from './windows';

/** Steps that only turn axes, before and behind what a layer does. */
const TURNS: ReadonlySet<string> = new Set(['transpose', 'expandDims', 'squeeze']);

/** Functions of all values along an axis. */
const SHARED: ReadonlySet<string> = new Set(['softmax', 'log_softmax', 'sparsemax']);

export async function takeSum(
  model: OpenModel,
  params: RunParams,
  cell: CellOf,
  services: RunServices
): Promise<RunResult> {
  const node = model.graph.nodes.find(({ id }) => id === cell.layer);
  model.requireLayer(cell.layer);
  const inputs = node ? [...new Set(sourcesOf(node))] : [];
  const run = await runRequest(model, { ...params, activations: [...new Set([...inputs, cell.layer])] }, services);
  const read = (layer: string): TensorData => run.activations[layer];
  const sizes = read(cell.layer).shape.slice(1);
  if (!node || cell.at.length !== sizes.length || !cell.at.every((i, axis) => i >= 0 && i < sizes[axis])) {
    throw new RefusalError(
      message(
        'The layer %1 has no value at %2: its output is %3.',
        cell.layer,
        `(${cell.at.join(', ')})`,
        sizes.join(' × ')
      )
    );
  }
  const steps = expandedSteps(node);
  const sum: CellSum = {
    ...cell,
    op: node.op,
    value: valueOf(read(cell.layer), cell.at),
    ...(await takenApart(node, steps, cell.at, read)),
    inputs
  };
  return { ...run, activations: {}, sum };
}

/** Without the turns of axes around what the layer does; those alone where it does nothing else. */
function expandedSteps(node: GraphNode): Step[] {
  if (node.op === 'InputLayer') {
    return [];
  }
  const all = expandNode(node);
  const steps = all.filter(({ op }) => !TURNS.has(op));
  return steps.length > 0 ? steps : all;
}

type Apart = Pick<CellSum, 'parts' | 'reason' | 'activation'>;

async function takenApart(
  node: GraphNode,
  steps: Step[],
  at: readonly number[],
  read: (layer: string) => TensorData
): Promise<Apart> {
  const last = steps.at(-1);
  const isActivated = last?.op === 'activation';
  const own = isActivated ? steps.slice(0, -1) : steps;
  const found = partsAt(node, own, at, read);
  if (typeof found === 'object' && 'text' in found) {
    return { parts: null, reason: found, activation: null };
  }
  if (!isActivated) {
    return { parts: found, reason: null, activation: null };
  }
  const activation = await activated(node, last, own, found, at, read);
  return 'text' in activation
    ? { parts: null, reason: activation, activation: null }
    : { parts: found, reason: null, activation };
}

const notApart = ({ op }: GraphNode): Message =>
  message('What a layer of class %1 computes is not taken apart here: choose one of the layers that it reads.', op);

/** What makes the total before an activation, or the reason that it is not told. */
function partsAt(
  node: GraphNode,
  steps: Step[],
  at: readonly number[],
  read: (layer: string) => TensorData
): CellParts | Message {
  const [source] = sourcesOf(node);
  if (node.op === 'InputLayer' || source === undefined) {
    return message('This is a value of the model’s input: nothing was computed before it.');
  }
  const names = steps.map(({ op }) => op).join(' ');
  const [step, second] = steps;
  const moving: Taken | null =
    names === 'conv2d'
      ? convolved(step, source)
      : names === 'depthwiseConv2d'
        ? convolvedAlone(step, source)
        : names === 'depthwiseConv2d conv2d'
          ? convolvedInTwo(step, second, source)
          : names === 'conv2dTranspose'
            ? spread(step, source)
            : null;
  if (moving) {
    const layout = layoutOf(node);
    return moving(spaceOf(read(source), layout), placeOf(layout, at));
  }
  switch (names) {
    case '':
      return carried(source, at, read);
    case 'dense': {
      const { kernel, bias } = step.weights;
      return weighed(kernel, bias, source, at.slice(0, -1), featuresAt(read(source), at), at[at.length - 1]);
    }
    case 'maxPool2d':
    case 'averagePool2d': {
      const layout = layoutOf(node);
      return pooled(step, source, spaceOf(read(source), layout), placeOf(layout, at));
    }
    case 'globalAverage':
    case 'globalMax': {
      const layout = layoutOf(node);
      const channel = node.attributes.keepdims === true ? placeOf(layout, at).channel : at[0];
      return node.op.includes('3D')
        ? notApart(node)
        : pooledWhole(step, source, spaceOf(read(source), layout), channel);
    }
    case 'rescaling':
      return rescaled(node, source, at, read);
    case 'scaleShift':
      return node.op === 'BatchNormalization' ? normalized(node, source, at, read) : notApart(node);
    default:
      return (steps.length === 1 && valuesAt(node, step, at, read)) || notApart(node);
  }
}

/** What Dense reads for a value. */
function featuresAt({ shape, data }: TensorData, at: readonly number[]): Float32Array {
  const length = shape[shape.length - 1];
  const row = at.slice(0, -1).reduce((offset, i, axis) => offset * shape[axis + 1] + i, 0);
  return data.subarray(row * length, (row + 1) * length);
}

/** An activation alone: the value that it is given. */
const carried = (layer: string, at: readonly number[], read: (layer: string) => TensorData): CellParts => {
  const value = valueOf(read(layer), at);
  return { kind: 'values', operator: 'copy', terms: [{ of: { layer, at: [...at] }, value }], total: value };
};

function rescaled(
  node: GraphNode,
  source: string,
  at: readonly number[],
  read: (layer: string) => TensorData
): CellParts | Message {
  const channel = at[at.length - 1];
  const of = (key: string, otherwise: number): number => {
    const values = flatNumbers(node.attributes[key]) ?? [otherwise];
    return values[values.length === 1 ? 0 : channel];
  };
  const tensor = read(source);
  return tensor.shape.length === 4
    ? scaled(source, spaceOf(tensor, 'channels last'), placeOf('channels last', at), of('scale', 1), of('offset', 0))
    : notApart(node);
}

function normalized(
  node: GraphNode,
  layer: string,
  at: readonly number[],
  read: (layer: string) => TensorData
): CellParts {
  const axis = axisOf(numbersOf(node.attributes, 'axis', [-1])[0], at.length + 1) - 1;
  const weight = (role: string): number | null => node.weights[role]?.read()[at[axis]] ?? null;
  const [x, mean, variance] = [valueOf(read(layer), at), weight('moving_mean') ?? 0, weight('moving_variance') ?? 1];
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const epsilon = numberOf(node.attributes, 'epsilon', 1e-3);
  const total = ((x - mean) / Math.sqrt(variance + epsilon)) * (gamma ?? 1) + (beta ?? 0);
  return { kind: 'normalization', from: { layer, at: [...at] }, x, mean, variance, epsilon, gamma, beta, total };
}

/** The activation of a total; of softmax and its like, with the totals of all channels beside it. */
async function activated(
  node: GraphNode,
  { attributes }: Step,
  own: Step[],
  parts: CellParts,
  at: readonly number[],
  read: (layer: string) => TensorData
): Promise<NonNullable<CellSum['activation']> | Message> {
  const name = String(attributes.activation);
  const apply = async (totals: Float32Array): Promise<Float32Array> => {
    const result = tf.tidy(() =>
      activationFunctions[name].apply(tf.tensor(totals, [1, totals.length], 'float32'), { ...attributes, axis: -1 })
    );
    const values = await result.data<'float32'>();
    result.dispose();
    return values;
  };
  if (!SHARED.has(name)) {
    return { name, result: (await apply(Float32Array.of(parts.total)))[0], among: 1 };
  }
  const axes = numbersOf(attributes, 'axis', [-1]);
  if (axes.length !== 1 || axisOf(axes[0], at.length + 1) !== at.length) {
    return message(
      'The activation %1 of this layer is along another axis than its last: it is not taken apart here.',
      name
    );
  }
  const among = read(node.id).shape[at.length];
  const totals = totalsAlong(node, own, parts, among, at, read);
  return { name, result: (await apply(totals))[at[at.length - 1]], among };
}

/** What stands before the activation at all indices of the last axis. */
function totalsAlong(
  node: GraphNode,
  own: Step[],
  parts: CellParts,
  among: number,
  at: readonly number[],
  read: (layer: string) => TensorData
): Float32Array {
  if (own.length === 1 && own[0].op === 'dense') {
    const { kernel, bias } = own[0].weights;
    return totalsOfUnits(kernel, bias, featuresAt(read(sourcesOf(node)[0]), at));
  }
  refuseOver(among * ('values' in parts ? parts.values.length : 1));
  return Float32Array.from({ length: among }, (_, i) => {
    const one = partsAt(node, own, [...at.slice(0, -1), i], read);
    return 'total' in one ? one.total : NaN;
  });
}
