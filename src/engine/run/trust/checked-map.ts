/** The map that is checked, and the model to check it with. */
import { isInputMethod } from '../../../explain/kinds';
import type { MapSize } from '../../../explain/method';
import type { ModelProbe } from '../../../explain/model-probe';
import { targetOfClass } from '../../../explain/target-of-class';
import { shuffled } from '../../../explain/trust/ranking';
import { placed } from '../../../explain/upsample';
import { regionCovered } from '../../../graph/field-geometry';
import { message } from '../../../messages/message';
import { type ExplainedInput, explainedInput, toPictures } from '../../input/input-space';
import type { OpenModel } from '../../model/open-model';
import { RefusalError } from '../../protocol/errors';
import type { RunParams, RunResult } from '../../protocol/protocol';
import type { RunServices } from '../job';
import { Pacer } from '../pacer';
import { probeWith } from '../probe/probe-task';
import { readTensor } from '../read-tensors';
import { runRequest } from '../run-request';
import { scorePoint } from '../scoring/score-point';

export type Size = Omit<MapSize, 'channels'>;

/** A map as it was made: of a layer's cells, or of the input's. */
export interface CheckedMap {
  size: Size;
  data: Float32Array;
}

/** A run of the model, and what is made of the first sample. */
export interface Checked {
  model: OpenModel;
  /** Without the check, for the class that was explained. */
  params: RunParams;
  result: RunResult;
  services: RunServices;
  input: ExplainedInput;
  progress(done: number, total: number): void;
}

/** @throws RefusalError unless one map is asked for */
export async function checkedRun(model: OpenModel, params: RunParams, services: RunServices): Promise<Checked> {
  if (params.maps.length === 0) {
    throw new RefusalError(message('A check needs a map: name the layer at which it is made.'));
  }
  const result = await runRequest(model, params, services);
  const { shapes } = services.cache.entry(params.model, params.inputKey);
  return {
    model,
    params: {
      ...params,
      activations: [],
      gradients: [],
      planes: [],
      overviews: [],
      target: targetOfClass(params.target, result.targets[0]?.index ?? null)
    },
    result,
    services: { ...services, onProgress: () => undefined, onPartial: undefined },
    input: explainedInput(model.graph, shapes),
    progress: (done, total) => services.onProgress({ phase: 'check', done, total })
  };
}

/** The first sample's map at a layer. */
export function mapAt({ maps }: Pick<RunResult, 'maps'>, layer: string): CheckedMap {
  const { shape, data } = maps[layer];
  const [rows, width] = shape.slice(-2);
  const slices = shape.length === 4 ? shape[1] : undefined;
  const size = { height: rows * (slices ?? 1), width, ...(slices === undefined ? {} : { slices }) };
  return { size, data: data.slice(0, size.height * width) };
}

/** Values of a map's cells on the pixels of the input, where the layer looks. */
export function laid(
  { input, params, result }: Checked,
  layer: string,
  { size, data }: CheckedMap
): Float32Array | Float64Array {
  const { height, width } = input.size;
  if (size.height === height && size.width === width) {
    return data;
  }
  const field = isInputMethod(params.method) ? null : (result.fields[layer] ?? null);
  const place = regionCovered(field, [size.height / (size.slices ?? 1), size.width]);
  return placed(data, size, input.size, place);
}

/** The first sample of the input, channels last. */
export async function checkedPicture({ params, input, services }: Checked): Promise<Float32Array> {
  const { values } = services.cache.entry(params.model, params.inputKey);
  const { height, width, channels } = input.size;
  const { data } = await readTensor(input.node, values);
  return toPictures(data.slice(0, height * width * channels), input);
}

/** The model for changed copies of the first sample, which score by probability where there is one. */
export function checkingProbe({ model, params, input, services, progress }: Checked): Promise<ModelProbe> {
  const asked: RunParams = { ...params, score: 'probability' };
  const point = scorePoint(model, asked, true);
  if (!point) {
    throw new RefusalError(message('There is no score to check the map with.'));
  }
  const setting = {
    model,
    values: services.cache.entry(params.model, params.inputKey).values,
    input,
    sample: 0,
    point,
    target: params.target,
    kind: asked.score,
    pacer: new Pacer(services.cancel),
    progress
  };
  return probeWith(setting, params, services.crew);
}

/** What scores are compared with: the map's own cells, and these at random places, laid on the input's pixels. */
export async function besideShuffled(
  checked: Checked,
  { shuffles = 2, seed = 1 }: { shuffles?: number; seed?: number }
): Promise<{ maps: (Float32Array | Float64Array)[]; picture: Float32Array; probe: ModelProbe }> {
  const layer = checked.params.maps[0];
  const own = mapAt(checked.result, layer);
  const mixed = Array.from({ length: shuffles }, (_, i) => ({ ...own, data: shuffled(own.data, seed + i) }));
  const maps = [own, ...mixed].map(map => laid(checked, layer, map));
  return { maps, picture: await checkedPicture(checked), probe: await checkingProbe(checked) };
}
