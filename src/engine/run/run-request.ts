/** One request from input to maps. */
import * as tf from '@tensorflow/tfjs-core';
import { extremes } from '../../explain/extremes';
import { isInputMethod, METHOD_KINDS, needsLayer } from '../../explain/kinds';
import type { Target } from '../../explain/names';
import { areFrames } from '../../graph/frames';
import { message } from '../../messages/message';
import { isChannelsFirst } from '../input/channels-first';
import { prepareInput } from '../input/input';
import { explainedNode } from '../input/input-space';
import type { CacheEntry } from '../model/forward-cache';
import type { OpenModel } from '../model/open-model';
import { gradientRegion, stepsFor } from '../plan/region';
import { type ScorePoint } from '../plan/score-points';
import { type ValueId, valueInputs } from '../plan/step';
import { RefusalError } from '../protocol/errors';
import type { Planes, RunParams, RunResult, TensorData } from '../protocol/protocol';
import { differentiate, isFromGradients, isMadeOnBackend } from './differentiate';
import { forward, type Walk } from './executor';
import { explainInput } from './explain-input';
import { explainLayerOtherwise, requireImageAxes } from './explain-layer';
import { fieldsAsFed } from './fields-as-fed';
import { guideMaps } from './guide-maps';
import type { Job } from './job';
import type { RunServices } from './job';
import { overviewOf } from './layer-overview';
import { nanNotice } from './nan-notice';
import { Pacer } from './pacer';
import { planesOf } from './planes';
import { readAll, readTensor } from './read-tensors';
import { logitsOfTwo } from './scoring/logits-of-two';
import { isUnits, type Scored, scoreOf } from './scoring/score';
import { saturated, scoreNotices } from './scoring/score-notices';
import { scorePoint } from './scoring/score-point';
import { tellingSoFar } from './so-far';
import { stopwatch } from './stopwatch';

/** Runs a request. Whatever fails, no tensor is left behind. */
export async function runRequest(model: OpenModel, params: RunParams, services: RunServices): Promise<RunResult> {
  const entry = services.cache.entry(params.model, params.inputKey, params.isPassing);
  let done = false;
  try {
    await feed(model, params, entry, services);
    const job = prepare(model, params, entry, services);
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
  checkConvention(params);
  const kind = METHOD_KINDS[params.method];
  // Others explain the input, not a layer.
  const mapped = needsLayer(params.method) ? params.maps : [];
  const layers = [...params.activations, ...params.gradients, ...mapped, ...params.planes, ...(params.overviews ?? [])];
  layers.forEach(layer => model.requireLayer(layer));
  const explains = params.maps.length > 0 && kind !== 'activation';
  const taps = new Set([...params.gradients, ...(isFromGradients(params.method) ? params.maps : [])]);
  const score = scorePoint(model, params, explains || params.gradients.length > 0);
  const outputs = model.outputs.map(output => output.node);
  const logits = logitsOfTwo(model, params.output ?? null);
  const wanted = new Set([...layers, ...outputs, ...[score?.at, logits].filter(id => id !== undefined && id !== null)]);
  const plan = model.plan(wanted, mapsOnly(params, wanted, score));
  const derived = plan.flatMap(({ id, affineOf }) =>
    affineOf && wanted.has(affineOf.value) ? [{ id, ...affineOf }] : []
  );
  derived.forEach(({ id, value }) => {
    wanted.delete(value);
    taps.delete(value);
    taps.add(id);
  });
  const region = score && taps.size > 0 ? gradientRegion(plan, taps, score.at) : null;
  const inputTap =
    params.maps.length > 0 && ['input-gradient', 'input-at-layer'].includes(kind)
      ? explainedNode(model.graph, entry.shapes)
      : null;
  const inputRegion = score && inputTap !== null ? gradientRegion(plan, [inputTap], score.at) : null;
  const timings = { upload: 0, forward: 0, backward: 0, explain: 0 };
  return {
    params,
    model,
    entry,
    taps,
    derived,
    inputTap,
    score,
    logits,
    plan,
    wanted,
    region,
    inputRegion,
    services,
    timings,
    notices: [],
    empty: {}
  };
}

/** Layers of which nothing but a map is asked that can be had from what a scale and shift makes of them. */
function mapsOnly(params: RunParams, wanted: ReadonlySet<ValueId>, score: ScorePoint | null): Set<ValueId> {
  if (!isMadeOnBackend(params)) {
    return new Set();
  }
  const read = new Set([
    ...params.activations,
    ...params.gradients,
    ...params.planes,
    ...(params.overviews ?? []),
    score?.at
  ]);
  return new Set(params.maps.filter(layer => wanted.has(layer) && !read.has(layer)));
}

function checkConvention({ convention, method }: RunParams): void {
  if (convention && method !== 'grad-cam') {
    throw new RefusalError(
      message('The convention %1 is about Grad-CAM, but the method is %2: leave one of them out.', convention, method)
    );
  }
}

/** Puts the model's inputs into the cache entry. */
async function feed(model: OpenModel, params: RunParams, entry: CacheEntry, services: RunServices): Promise<void> {
  const { inputs } = model.graph;
  const names = inputs.map(({ name }) => name);
  for (const input of inputs) {
    if (!entry.values.has(input.node)) {
      const prepared = await prepareInput(params.inputs, input, names, services.decode);
      entry.picture ??= prepared.picture;
      entry.given ??= prepared.given ?? null;
      entry.values.set(input.node, tf.tensor(prepared.data, prepared.shape, 'float32'));
      entry.shapes.set(input.node, prepared.shape);
      entry.fed.set(input.node, extremes(prepared.data));
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
  const needed = new Set([...job.wanted, ...(job.region?.saved ?? []), ...(job.inputRegion?.saved ?? []), ...inputs]);
  const steps = stepsFor(job.plan, needed, new Set(entry.values.keys()));
  // Values of an earlier run that this one does not read are freed at once, the others after their last use.
  const busy = new Set(steps.flatMap(valueInputs));
  await forward(steps, entry.values, entry.shapes, walk('forward'), id => {
    busy.delete(id);
    services.cache.trim(entry, other => !busy.has(other) && !needed.has(other));
  });
  const outputs = await readAll(
    model.outputs.map(output => output.node),
    entry.values
  );
  const scored = await score(job);
  const logits = job.logits === null ? null : await readTensor(job.logits, entry.values);
  timings.upload = model.weights.takeUploadTime();
  timings.forward = forwardTime() - timings.upload;
  if (Object.values(outputs).some(({ data }) => data.some(Number.isNaN))) {
    job.notices.push(await nanNotice(model, entry, walk('forward')));
  }

  const backwardTime = stopwatch();
  const maps: Record<string, TensorData> = {};
  const gradients = scored ? await differentiate(job, scored, walk('backward'), maps) : {};
  timings.backward = backwardTime() - timings.explain;

  const explainTime = stopwatch();
  const activations = await readAll(params.activations, entry.values);
  const planes: Record<string, Planes> = {};
  for (const layer of params.planes) {
    const { data, shape } = model.imageOf(layer, activations[layer] ?? (await readTensor(layer, entry.values)));
    planes[layer] = planesOf(data, shape);
  }
  const overviews: NonNullable<RunResult['overviews']> = {};
  for (const layer of params.overviews ?? []) {
    const { data, shape } = model.imageOf(layer, activations[layer] ?? (await readTensor(layer, entry.values)));
    const overview = overviewOf(data, shape);
    if (overview) {
      overviews[layer] = overview;
    }
  }

  const pick = (of: Record<string, TensorData>, layers: string[]) =>
    Object.fromEntries(layers.map(layer => [layer, of[layer]]));
  const result = (): RunResult => ({
    outputs: Object.fromEntries(model.outputs.map(output => [output.name, outputs[output.node]])),
    ...explainedOutput(model, params.output ?? null),
    targets: scored?.targets ?? [],
    ...(logits ? { logits: [...logits.data.subarray(0, logits.shape[1])] } : {}),
    activations: pick(activations, params.activations),
    gradients: pick(gradients, params.gradients),
    maps,
    planes,
    overviews,
    ...inputSize(job),
    ...fieldsOf(job),
    explainedInput: nameOfInput(model, explainedNode(model.graph, entry.shapes)),
    backend: services.backend,
    timings,
    notices: job.notices,
    empty: job.empty,
    fed: Object.fromEntries(model.graph.inputs.map(({ node, name }) => [name, entry.fed.get(node) ?? [0, 0]]))
  });
  job.soFar = tellingSoFar(job, result);
  const explained = await explainRest(job, scored, pacer, walk('backward'), maps);
  timings.explain += explainTime();
  services.cache.trim(entry, id => !inputs.has(id));
  return { ...result(), maps: pick(maps, params.maps), ...explained, ...(params.given && givenPicture(entry)) };
}

/** A copy: a buffer leaves the worker for good, and the picture may be asked for again. */
const givenPicture = ({ given }: CacheEntry): Pick<RunResult, 'given'> =>
  given ? { given: { ...given, rgba: given.rgba.slice() } } : {};

/** The output whose classes are explained. */
function explainedOutput(model: OpenModel, wanted: string | null): Pick<RunResult, 'output' | 'ending' | 'areNumbers'> {
  const { node, name } = model.output(wanted);
  return model.runnable.has(node)
    ? { output: name, ending: model.score(wanted).ending, ...(areNumbers(model, wanted) ? { areNumbers: true } : {}) }
    : { output: null, ending: null };
}

const areNumbers = (model: OpenModel, wanted: string | null): boolean =>
  model.output(wanted).areNumbers === true && model.score(wanted).ending === 'none';

/** Of numbers none is the highest-scoring class: where none is named, the first is explained. */
function firstNumber(target: Target): Target {
  if (target === null) {
    return 0;
  }
  return typeof target === 'object' && 'class' in target && target.class === null ? { ...target, class: 0 } : target;
}

async function score(job: Job): Promise<Scored | null> {
  if (!job.score) {
    return null;
  }
  const { params } = job;
  const { shape, data } = await readTensor(job.score.at, job.entry.values);
  const { output = null } = params;
  const isOfNumbers = !isUnits(params.target) && areNumbers(job.model, output);
  const target = isOfNumbers ? firstNumber(params.target) : params.target;
  const scored = scoreOf(data, shape, target, params.score, job.score.ending, inputSize(job).inputSize);
  job.notices.push(...scoreNotices(params.target, shape, scored, job.score.ending));
  if (params.maps.length > 0) {
    job.notices.push(...saturated(shape, scored, params.score, job.score.ending));
  }
  if (job.score.behind !== null) {
    job.notices.push(
      message(
        'The layer %1 gives probabilities that a layer before it made, or numbers made of them, so the output has no logit: the score explained is the output itself.',
        job.score.behind
      )
    );
  }
  return scored;
}

/** The maps of methods that need more, or less, than gradients at layers. */
async function explainRest(
  job: Job,
  scored: Scored | null,
  pacer: Pacer,
  walk: Walk,
  maps: Record<string, TensorData>
): Promise<Pick<RunResult, 'completeness' | 'channelWeights'>> {
  const { params, entry } = job;
  if (params.maps.length === 0 || METHOD_KINDS[params.method] === 'gradient-cam') {
    return {};
  }
  if (!isInputMethod(params.method)) {
    const channelWeights: NonNullable<RunResult['channelWeights']> = {};
    for (const layer of params.maps) {
      requireImageAxes(layer, entry.shapes.get(layer) ?? []);
      const { map, weights } = await explainLayerOtherwise(job, layer, scored, pacer);
      maps[layer] = map;
      if (weights) {
        channelWeights[layer] = weights;
      }
    }
    return { channelWeights };
  }
  if (!scored) {
    return {};
  }
  if (params.method === 'guided-grad-cam') {
    await guideMaps(job, scored, walk, maps);
    return {};
  }
  const { map, completeness } = await explainInput(job, params.method, scored, pacer, walk);
  // A buffer leaves the worker once: each layer has its own.
  params.maps.forEach((layer, i) => (maps[layer] = i === 0 ? map : { ...map, data: map.data.slice() }));
  return completeness ? { completeness } : {};
}

const nameOfInput = ({ graph }: OpenModel, node: ValueId): string =>
  graph.inputs.find(input => input.node === node)?.name ?? node;

/** Places of the cells of the layers shown, and of the output, on inputs of the size as fed. */
function fieldsOf(job: Job): Pick<RunResult, 'fields' | 'outputField'> {
  const { model, params } = job;
  const fields = fieldsAsFed(job);
  const shown = [...new Set([...params.maps, ...params.planes])];
  return {
    fields: Object.fromEntries(shown.map(layer => [layer, fields.get(layer) ?? null])),
    outputField: fields.get(model.output(params.output ?? null).node) ?? null
  };
}

/** The size as fed to the model: that of the first input with image axes. */
function inputSize({ model, entry }: Job): Pick<RunResult, 'inputSize' | 'inputSlices' | 'areFrames'> {
  const shapes = model.graph.inputs.map(input => entry.shapes.get(input.node));
  const picture = shapes.find(known => known?.length === 4);
  const volume = shapes.find(known => known?.length === 5);
  const [slices, height, width] = volume ? (isChannelsFirst(volume) ? volume.slice(2) : volume.slice(1)) : [];
  return {
    inputSize: picture ? [picture[1], picture[2]] : volume ? [height, width] : null,
    ...(volume ? { inputSlices: slices } : {}),
    ...(volume && areFrames(model.graph) ? { areFrames: true } : {})
  };
}
