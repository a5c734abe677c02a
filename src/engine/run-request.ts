/** One request from input to maps. */
import * as tf from '@tensorflow/tfjs-core';
import { explain } from '../explain/registry';
import { EngineError } from './errors';
import { backward, forward, type Values, type Walk } from './executor';
import type { CacheEntry, ForwardCache } from './forward-cache';
import { prepareInput, type DecodePicture } from './input';
import { nanNotice } from './nan-notice';
import type { OpenModel } from './open-model';
import { Pacer, type CancelToken } from './pacer';
import { gradientRegion, stepsFor, type GradientRegion } from './plan/region';
import { valueInputs, type ValueId } from './plan/step';
import { planesOf } from './planes';
import type { BackendName, Progress, RunParams, RunResult, TensorData, Timings } from './protocol';
import { scoreOf, type Scored } from './score';

export interface RunServices {
  cache: ForwardCache;
  decode: DecodePicture;
  backend: BackendName;
  cancel: CancelToken;
  onProgress(progress: Progress): void;
}

/** What a request comes down to. */
interface Job {
  params: RunParams;
  model: OpenModel;
  entry: CacheEntry;
  /** Layers at which gradients are needed: those asked for and those explained. */
  taps: Set<ValueId>;
  /** The value scored, when there is something to score. */
  score: { at: ValueId; ending: 'softmax' | 'sigmoid' | 'none' } | null;
  plan: ReturnType<OpenModel['plan']>;
  /** Values that the answer is read from. */
  wanted: Set<ValueId>;
  region: GradientRegion | null;
  services: RunServices;
  timings: Timings;
  notices: string[];
}

/** Runs a request. Whatever fails, no tensor is left behind. */
export async function runRequest(model: OpenModel, params: RunParams, services: RunServices): Promise<RunResult> {
  const entry = services.cache.entry(params.model, params.inputKey);
  let done = false;
  try {
    const job = prepare(model, params, entry, services);
    await feed(job);
    const result = await answer(job);
    done = true;
    return result;
  } finally {
    if (!done) {
      services.cache.drop(entry);
    }
  }
}

function prepare(model: OpenModel, params: RunParams, entry: CacheEntry, services: RunServices): Job {
  const layers = [...params.activations, ...params.gradients, ...params.maps, ...params.planes];
  layers.forEach(layer => model.requireLayer(layer));
  const taps = new Set([...params.gradients, ...params.maps]);
  const scored = taps.size > 0 || model.outputs.some(output => output.node === model.graph.outputs[0].node);
  const points = scored ? model.score() : null;
  const score = points && { at: params.score === 'logit' ? points.logits : points.output, ending: points.ending };
  const outputs = model.outputs.map(output => output.node);
  const wanted = new Set([...layers, ...outputs, ...(score ? [score.at] : [])]);
  const plan = model.plan(wanted);
  const region = score && taps.size > 0 ? gradientRegion(plan, taps, score.at) : null;
  const timings = { upload: 0, forward: 0, backward: 0, explain: 0 };
  return { params, model, entry, taps, score, plan, wanted, region, services, timings, notices: [] };
}

/** Puts the model's inputs into the cache entry. */
async function feed({ model, params, entry, services }: Job): Promise<void> {
  const { inputs } = model.graph;
  for (const input of inputs) {
    if (!entry.values.has(input.node)) {
      const prepared = await prepareInput(params.inputs, input, inputs.length, services.decode);
      entry.picture ??= prepared.picture;
      entry.values.set(input.node, tf.tensor(prepared.data, prepared.shape, 'float32'));
      entry.shapes.set(input.node, prepared.shape);
    }
  }
}

async function answer(job: Job): Promise<RunResult> {
  const { params, model, entry, services, timings } = job;
  const pacer = new Pacer(services.cancel);
  const walk = (phase: 'forward' | 'backward'): Walk => ({
    weights: model.weights,
    pacer,
    onStep: (done, total) => services.onProgress({ phase, done, total })
  });

  const forwardTime = stopwatch();
  const inputs = new Set(model.graph.inputs.map(input => input.node));
  const needed = new Set([...job.wanted, ...(job.region?.saved ?? []), ...inputs]);
  const steps = stepsFor(job.plan, needed, new Set(entry.values.keys()));
  // What an earlier run left and this one does not read may go at once, the rest after its last use.
  const busy = new Set(steps.flatMap(valueInputs));
  await forward(steps, entry.values, entry.shapes, walk('forward'), id => {
    busy.delete(id);
    services.cache.trim(entry, other => !busy.has(other) && !needed.has(other));
  });
  const outputs = await readAll(model.outputs.map(output => output.node), entry.values);
  const scored = await score(job);
  timings.upload = model.weights.takeUploadTime();
  timings.forward = forwardTime() - timings.upload;
  if (Object.values(outputs).some(({ data }) => data.some(Number.isNaN))) {
    job.notices.push(await nanNotice(model, entry, walk('forward')));
  }

  const backwardTime = stopwatch();
  const gradients = scored ? await differentiate(job, scored, walk('backward')) : {};
  timings.backward = backwardTime();

  const explainTime = stopwatch();
  const activations = await readAll([...new Set([...params.activations, ...params.maps, ...params.planes])], entry.values);
  const maps = Object.fromEntries(params.maps.map(layer => [layer, explainLayer(job, layer, activations, gradients)]));
  const planes = Object.fromEntries(
    params.planes.map(layer => {
      const { data, shape } = model.imageOf(layer, activations[layer]);
      return [layer, planesOf(data, shape)];
    })
  );
  timings.explain = explainTime();
  services.cache.trim(entry, id => !inputs.has(id));

  const pick = (of: Record<string, TensorData>, layers: string[]) => Object.fromEntries(layers.map(layer => [layer, of[layer]]));
  return {
    outputs: Object.fromEntries(model.outputs.map(output => [output.name, outputs[output.node]])),
    targets: scored?.targets ?? [],
    activations: pick(activations, params.activations),
    gradients: pick(gradients, params.gradients),
    maps,
    planes,
    inputSize: inputSize(job),
    backend: services.backend,
    timings,
    notices: job.notices
  };
}

async function score(job: Job): Promise<Scored | null> {
  if (!job.score) {
    return null;
  }
  const { shape, data } = (await readAll([job.score.at], job.entry.values))[job.score.at];
  if (shape.length > 2) {
    job.notices.push('The model has no classification head: the score explained is the mean of one channel of its output.');
  }
  return scoreOf(data, shape, job.params.target, job.params.score, job.score.ending);
}

async function differentiate(job: Job, scored: Scored, walk: Walk): Promise<Record<string, TensorData>> {
  if (!job.region || !job.score) {
    return {};
  }
  const { values, shapes } = job.entry;
  const seed = tf.tensor(scored.seed, shapes.get(job.score.at));
  let gradients: Values = new Map();
  try {
    gradients = await backward(job.region, values, shapes, { at: job.score.at, gradient: seed }, job.taps, walk);
    const read = await readAll([...gradients.keys()], gradients);
    for (const layer of job.taps) {
      if (!read[layer]) {
        // The score does not depend on this layer: its gradient is zero.
        const shape = shapes.get(layer) ?? [];
        read[layer] = { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
        job.notices.push(`The class score does not depend on the layer ${layer}, so its gradient is zero.`);
      }
    }
    return read;
  } finally {
    seed.dispose();
    gradients.forEach(tensor => tensor.dispose());
  }
}

function explainLayer(job: Job, layer: string, activations: Record<string, TensorData>, gradients: Record<string, TensorData>): TensorData {
  const { shape, data } = job.model.imageOf(layer, activations[layer]);
  if (shape.length !== 3 && shape.length !== 4) {
    throw new EngineError(
      `The layer ${layer} has no image axes (its output has shape (${['n', ...shape.slice(1)].join(', ')})), so there is no map at it. ` +
        'Choose a convolution or pooling layer before it.'
    );
  }
  const { empty, ...map } = explain(job.params.method, data, job.model.imageOf(layer, gradients[layer]).data, shape);
  if (empty.length > 0) {
    const which = shape[0] > 1 ? ` in image ${empty.map(i => i + 1).join(', ')}` : '';
    job.notices.push(`${layer}: no positive evidence for this class${which}.`);
  }
  return map;
}

/** (h, w) as fed to the model: what the first input with image axes has. */
function inputSize({ model, entry }: Job): [number, number] | null {
  const shape = model.graph.inputs.map(input => entry.shapes.get(input.node)).find(known => known?.length === 4);
  return shape ? [shape[1], shape[2]] : null;
}

async function readAll(ids: readonly ValueId[], values: Values): Promise<Record<string, TensorData>> {
  const read: Record<string, TensorData> = {};
  for (const id of ids) {
    const tensor = values.get(id);
    if (tensor) {
      const data = await tensor.data<'float32'>();
      // WASM gives a copy; the others give the array that they keep, which must not leave with the answer.
      read[id] = { shape: tensor.shape, data: tf.getBackend() === 'wasm' ? data : data.slice() };
    }
  }
  return read;
}

function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
