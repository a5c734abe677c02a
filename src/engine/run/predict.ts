/**
 * Predictions of many inputs: a model's outputs alone, several inputs in one
 * pass where the model takes them apart. Nothing is kept between calls.
 */
import * as tf from '@tensorflow/tfjs-core';
import { message, messageOf } from '../../messages/message';
import { type DecodePicture, prepareInput } from '../input/input';
import type { OpenModel } from '../model/open-model';
import { stepsFor } from '../plan/region';
import type { Shapes, ValueId, Values } from '../plan/step';
import { isAbort, RefusalError } from '../protocol/errors';
import type { EngineInput, Prediction, PredictParams, TensorData } from '../protocol/protocol';
import { forwardKeeping } from './executor';
import { type CancelToken, Pacer } from './pacer';
import { readAll } from './read-tensors';
import { channelMeans } from './scoring/score';

export interface PredictServices {
  decode: DecodePicture;
  cancel: CancelToken;
}

/** One sample: the values of each input, by node. */
type Sample = Record<ValueId, TensorData>;

/** Of one sample in a pass with others and alone, relative to the largest value. */
const TOLERANCE = 1e-4;

/** Predictions for each sample; for one that the model cannot take, the reason. */
export async function predict(
  model: OpenModel,
  { samples }: PredictParams,
  services: PredictServices
): Promise<Prediction[]> {
  const prepared: (Sample | Prediction)[] = [];
  for (const inputs of samples) {
    prepared.push(await attempt(() => prepare(model, inputs, services.decode)));
  }
  const fit = prepared.filter(isSample);
  const together = fit.length > 1 && areAlike(fit) && (await takesApart(model, fit[0], services));
  const groups = together ? [fit] : fit.map(sample => [sample]);
  const found = new Map<Sample, Prediction>();
  for (const group of groups) {
    const scores = await attempt(() => outputsOf(model, group, services));
    group.forEach((sample, i) => found.set(sample, Array.isArray(scores) ? { scores: scores[i] } : scores));
  }
  return prepared.map(entry => (isSample(entry) ? (found.get(entry) as Prediction) : entry));
}

const isSample = (entry: Sample | Prediction): entry is Sample => !('scores' in entry) && !('problem' in entry);

async function attempt<T>(work: () => Promise<T>): Promise<T | { problem: Prediction['problem'] & object }> {
  try {
    return await work();
  } catch (error) {
    if (isAbort(error) || error instanceof WebAssembly.RuntimeError) {
      throw error;
    }
    return { problem: messageOf(error) };
  }
}

async function prepare(
  model: OpenModel,
  inputs: Readonly<Record<string, EngineInput>>,
  decode: DecodePicture
): Promise<Sample> {
  const sample: Sample = {};
  const names = model.graph.inputs.map(({ name }) => name);
  for (const input of model.graph.inputs) {
    sample[input.node] = await prepareInput(inputs, input, names, decode);
  }
  return sample;
}

/** True if samples can lie in one tensor: each is one, and of the same shape as the others. */
const areAlike = (samples: readonly Sample[]): boolean =>
  Object.entries(samples[0]).every(([node, { shape }]) =>
    samples.every(sample => shape[0] === 1 && String(sample[node].shape) === String(shape))
  );

/**
 * True if the model computes each sample by itself, as it need not: an operator may take the largest
 * value of all. Found once for each model, by a pass with a very different companion.
 */
async function takesApart(model: OpenModel, sample: Sample, services: PredictServices): Promise<boolean> {
  const known = takingApart.get(model);
  if (known !== undefined) {
    return known;
  }
  const other = Object.fromEntries(
    Object.entries(sample).map(([node, { shape, data }]) => [node, { shape, data: data.map(x => 5 - 3 * x) }])
  );
  const beside = await attempt(() => outputsOf(model, [sample, other], services));
  const alone = await attempt(() => outputsOf(model, [sample], services));
  if (!Array.isArray(alone)) {
    return false;
  }
  const isApart =
    Array.isArray(beside) && Object.entries(alone[0]).every(([name, scores]) => areClose(scores, beside[0][name]));
  takingApart.set(model, isApart);
  return isApart;
}

const takingApart = new WeakMap<OpenModel, boolean>();

function areClose(a: Float64Array, b: Float64Array): boolean {
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.every((value, i) => Math.abs(value - b[i]) <= TOLERANCE * largest);
}

/** For each sample, by output, what its classes score: of a picture of scores, the mean. */
async function outputsOf(
  model: OpenModel,
  samples: readonly Sample[],
  { cancel }: PredictServices
): Promise<Record<string, Float64Array>[]> {
  const { inputs } = model.graph;
  const wanted = new Set(model.outputs.map(({ node }) => node));
  const values: Values = new Map();
  const shapes: Shapes = new Map();
  try {
    for (const { node } of inputs) {
      const { shape, data } = joined(samples.map(sample => sample[node]));
      values.set(node, tf.tensor(data, shape, 'float32'));
      shapes.set(node, shape);
    }
    const steps = stepsFor(model.plan(wanted), wanted, new Set(values.keys()));
    const pacer = new Pacer(cancel);
    await forwardKeeping(wanted, steps, values, shapes, { weights: model.weights, pacer, onStep: () => undefined });
    const read = await readAll([...wanted], values);
    return samples.map((_, i) =>
      Object.fromEntries(model.outputs.map(({ name, node }) => [name, scoresOf(read[node], i, samples.length)]))
    );
  } finally {
    values.forEach(tensor => tensor.dispose());
  }
}

function joined(parts: readonly TensorData[]): TensorData {
  if (parts.length === 1) {
    return parts[0];
  }
  const length = parts[0].data.length;
  const data = new Float32Array(length * parts.length);
  parts.forEach((part, i) => data.set(part.data, i * length));
  return { shape: [parts.length, ...parts[0].shape.slice(1)], data };
}

function scoresOf({ shape, data }: TensorData, sample: number, samples: number): Float64Array {
  if (samples > 1 && shape[0] !== samples) {
    throw new RefusalError(message('The model gives another number of outputs than it has inputs.'));
  }
  const classes = shape.length > 1 ? shape[shape.length - 1] : 1;
  const cells = shape.slice(1, -1).reduce((a, b) => a * b, 1);
  return channelMeans(data, sample, cells, classes);
}
