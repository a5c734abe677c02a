/** Maps at layers, from what the executor computed. */
import { conventionalGradCam } from '../../explain/conventions';
import { isGradientCam } from '../../explain/kinds';
import { type MapSize, shapeOfMaps } from '../../explain/method';
import { eigenCam } from '../../explain/methods/eigen-cam';
import { MOST_CHANNELS, scoreCam, scoreCamWeights } from '../../explain/methods/score-cam';
import type { ModelProbe } from '../../explain/model-probe';
import { explain, sizeOf } from '../../explain/registry';
import { onlyRounding } from '../../explain/rounding';
import type { Place } from '../../explain/upsample';
import { regionCovered } from '../../graph/field-geometry';
import { message, MessageError } from '../../messages/message';
import { explainedInput, toPictures } from '../input/input-space';
import { RefusalError } from '../protocol/errors';
import type { TensorData } from '../protocol/protocol';
import { fieldsAsFed } from './fields-as-fed';
import type { Job } from './job';
import type { Pacer } from './pacer';
import { probeWith } from './probe/probe-task';
import { readTensor } from './read-tensors';
import type { Scored } from './scoring/score';

/** As a part of a picture's side. */
const ROUNDING = 1e-9;

/** @throws RefusalError unless a layer of this shape can have a map. */
export function requireImageAxes(layer: string, shape: readonly number[]): void {
  if (shape.length < 3 || shape.length > 5) {
    throw new RefusalError(
      message(
        'The layer %1 has no image axes (its output has shape (%2)), so there is no map at it. Choose a convolution or pooling layer before it.',
        layer,
        ['n', ...shape.slice(1)].join(', ')
      )
    );
  }
}

/** The map of a layer whose gradient is known, by a gradient-weighed method or a library's convention. */
export function explainLayer(job: Job, layer: string, values: TensorData, slopes: TensorData): TensorData {
  const [activation, gradient] = [values, slopes].map(tensor => job.model.imageOf(layer, tensor));
  const { convention } = job.params;
  const method = job.params.method === 'guided-grad-cam' ? 'grad-cam' : job.params.method;
  if (convention) {
    return conventional(job, activation, gradient);
  }
  if (!isGradientCam(method)) {
    throw new MessageError(message('%1 is not made from gradients at layers', method));
  }
  const { empty, noise, ...map } = explain(method, activation.data, gradient.data, activation.shape);
  tellEmpty(job, layer, empty, noise);
  return map;
}

function conventional(job: Job, { data, shape }: TensorData, gradient: TensorData): TensorData {
  const { convention } = job.params;
  const size = sizeOf(shape);
  if (size.slices !== undefined) {
    throw new RefusalError(
      message('The convention %1 is about maps of pictures, and these are of volumes: leave it out.', convention ?? '')
    );
  }
  const input = explainedInput(job.model.graph, job.entry.shapes).size;
  const length = size.height * size.width * size.channels;
  const maps = Array.from({ length: shape[0] }, (_, sample) => {
    const part = (of: Float32Array) => of.subarray(sample * length, (sample + 1) * length);
    return conventionalGradCam(convention ?? 'captum', part(data), part(gradient.data), size, input);
  });
  return stacked(
    maps.map(map => map.data),
    maps[0]
  );
}

/** A map, and what each channel counts for in it where that took many runs to find. */
export interface LayerExplanation {
  map: TensorData;
  weights: TensorData | null;
}

/** The map of a layer by a method that needs no gradient at it: Eigen-CAM and Score-CAM. */
export async function explainLayerOtherwise(
  job: Job,
  layer: string,
  scored: Scored | null,
  pacer: Pacer
): Promise<LayerExplanation> {
  const { data, shape } = job.model.imageOf(layer, await readTensor(layer, job.entry.values));
  const size = sizeOf(shape);
  const length = size.height * size.width * size.channels;
  const maps: Float32Array[] = [];
  const isScoreCam = job.params.method === 'score-cam';
  const weights = isScoreCam
    ? { shape: [shape[0], size.channels], data: new Float32Array(shape[0] * size.channels) }
    : null;
  for (let sample = 0; sample < shape[0]; sample++) {
    const activation = data.subarray(sample * length, (sample + 1) * length);
    if (weights) {
      const own = await scoreCamWeightsOf(job, layer, sample, activation, size, scored, pacer, soFar =>
        job.soFar?.(layer, () => stacked([scoreCam(activation, size, soFar())], size))
      );
      weights.data.set(own, sample * size.channels);
      maps.push(scoreCam(activation, size, own));
    } else {
      maps.push(eigenCam(activation, size));
    }
  }
  if (isScoreCam) {
    tellEmpty(
      job,
      layer,
      maps.flatMap((map, i) => (map.some(value => value > 0) ? [] : [i]))
    );
    const most = job.params.settings?.channels ?? MOST_CHANNELS;
    if (size.channels > most) {
      job.notices.push(
        message(
          '%1: Score-CAM weighed the %2 of %3 channels that vary most over the image.',
          layer,
          most,
          size.channels
        )
      );
    }
  }
  return { map: stacked(maps, size), weights };
}

async function scoreCamWeightsOf(
  job: Job,
  layer: string,
  sample: number,
  activation: Float32Array,
  size: MapSize,
  scored: Scored | null,
  pacer: Pacer,
  soFar: (weights: () => Float32Array) => void
): Promise<Float32Array> {
  const input = explainedInput(job.model.graph, job.entry.shapes);
  const probe = await probeOf(job, sample, scored, pacer);
  const picture = await pictureOf(job, sample);
  const place = placeOf(job, layer, size, input.node);
  return scoreCamWeights(picture, input.size, activation, size, probe, job.params.settings, soFar, place);
}

/** Where a layer's cells look, if that is not all of the input, give or take a cell. */
export function placeOf(job: Job, layer: string, size: MapSize, input: string): Place | null {
  const name = job.model.graph.inputs.find(({ node }) => node === input)?.name;
  const field = fieldsAsFed(job).get(layer);
  if (!field || name === undefined || !field.inputs.includes(name)) {
    return null;
  }
  const [rows, columns] = [size.height / (size.slices ?? 1), size.width];
  const place = regionCovered(field, [rows, columns]);
  const { u0, v0, u1, v1 } = place;
  const [high, wide] = [(v1 - v0) / rows, (u1 - u0) / columns];
  const isOff = Math.max(Math.abs(v0), Math.abs(1 - v1)) > high + ROUNDING;
  return isOff || Math.max(Math.abs(u0), Math.abs(1 - u1)) > wide + ROUNDING ? place : null;
}

/** One sample of the input that is explained, channels last. */
export async function pictureOf(job: Job, sample: number): Promise<Float32Array> {
  const input = explainedInput(job.model.graph, job.entry.shapes);
  const { height, width, channels } = input.size;
  const length = height * width * channels;
  const { data } = await readTensor(input.node, job.entry.values);
  return toPictures(data.slice(sample * length, (sample + 1) * length), input);
}

/** The model, for changed copies of one sample. */
export function probeOf(job: Job, sample: number, scored: Scored | null, pacer: Pacer): Promise<ModelProbe> {
  const { model, entry, params, score, services } = job;
  const target = scored?.subjects[sample];
  if (!score || target === undefined) {
    throw new MessageError(message('there is no score to explain'));
  }
  const setting = {
    model,
    values: entry.values,
    input: explainedInput(model.graph, entry.shapes),
    sample,
    point: score,
    target,
    kind: params.score,
    pacer,
    progress: (done: number, total: number) => services.onProgress({ phase: 'explain', done, total })
  };
  return probeWith(setting, params, services.crew);
}

/** Maps of one size as one tensor. */
export function stacked(maps: readonly Float32Array[], size: Omit<MapSize, 'channels'>): TensorData {
  const cells = size.height * size.width;
  const data = new Float32Array(maps.length * cells);
  maps.forEach((map, i) => data.set(map, i * cells));
  return { shape: shapeOfMaps(maps.length, size), data };
}

/** Notes the samples whose map has no positive value, and those of them that had nothing but rounding. */
export function tellEmpty(job: Job, layer: string, empty: readonly number[], noise: readonly number[] = []): void {
  if (empty.length > 0) {
    job.empty[layer] = [...empty];
  }
  if (noise.length > 0) {
    job.notices.push(onlyRounding(layer, noise, job.entry.shapes.get(layer)?.[0]));
  }
}
