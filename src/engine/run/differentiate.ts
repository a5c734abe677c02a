/** One backward pass, and the maps and gradients that it gives. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { METHOD_KINDS } from '../../explain/kinds';
import { shapeOfMaps } from '../../explain/method';
import type { MethodName } from '../../explain/names';
import { rectifiedMaps, sizeOf } from '../../explain/registry';
import { message } from '../../messages/message';
import type { ValueId } from '../plan/step';
import type { RunParams, TensorData } from '../protocol/protocol';
import { backward, type Walk } from './executor';
import { explainLayer, requireImageAxes, tellEmpty } from './explain-layer';
import { type GradCamSums, gradCamSums } from './grad-cam-on-backend';
import type { Job } from './job';
import { readTensor } from './read-tensors';
import type { Scored } from './scoring/score';
import { stopwatch } from './stopwatch';

/** True if maps are sums that the backend makes, so that activations and gradients need not be read. */
export const isMadeOnBackend = ({ method, convention }: RunParams): boolean =>
  ['grad-cam', 'guided-grad-cam'].includes(method) && !convention;

/** True if the maps begin with gradients at their layers. */
export const isFromGradients = (method: MethodName): boolean =>
  ['gradient-cam', 'input-at-layer'].includes(METHOD_KINDS[method]);

/**
 * One backward pass for all taps. Each layer's map is made as soon as its
 * gradient is known, which is then freed unless it was requested.
 */
export async function differentiate(
  job: Job,
  scored: Scored,
  walk: Walk,
  maps: Record<string, TensorData>
): Promise<Record<string, TensorData>> {
  if (!job.region || !job.score) {
    return {};
  }
  const { params, timings } = job;
  const { values, shapes } = job.entry;
  job.derived.forEach(({ id, value }) => shapes.set(value, shapes.get(id) ?? []));
  const mapped = isFromGradients(params.method) ? params.maps : [];
  mapped.forEach(layer => requireImageAxes(layer, shapes.get(layer) ?? []));
  const pass = new Pass(job, new Set(mapped), maps);
  const seed = tf.tensor(scored.seed, shapes.get(job.score.at));
  try {
    await backward(
      job.region,
      values,
      shapes,
      { at: job.score.at, gradient: seed },
      job.taps,
      walk,
      async (layer, gradient) => {
        const time = stopwatch();
        await pass.take(layer, gradient);
        timings.explain += time();
      }
    );
  } finally {
    seed.dispose();
  }
  pass.fillUp();
  return pass.gradients;
}

class Pass {
  readonly gradients: Record<string, TensorData> = {};

  constructor(
    private job: Job,
    private mapped: ReadonlySet<ValueId>,
    private maps: Record<string, TensorData>
  ) {}

  /** Makes what is asked for of a layer, and of the one whose scale and shift it is. */
  async take(layer: ValueId, gradient: Tensor): Promise<void> {
    const { params, model, entry, derived } = this.job;
    const behind = derived.filter(({ id }) => id === layer);
    const onBackend = behind.length > 0 || (isMadeOnBackend(params) && !model.isTokens(layer));
    const mapped = this.mapped.has(layer);
    const read =
      params.gradients.includes(layer) || (mapped && !onBackend)
        ? await readTensor(layer, new Map([[layer, gradient]]))
        : null;
    if (read && params.gradients.includes(layer)) {
      this.gradients[layer] = read;
    }
    if (read && mapped && !onBackend) {
      this.maps[layer] = explainLayer(this.job, layer, await readTensor(layer, entry.values), read);
    }
    const activation = entry.values.get(layer);
    if (onBackend && (mapped || behind.length > 0) && activation) {
      const sums = await gradCamSums(activation, gradient);
      if (mapped) {
        this.finish(layer, sums);
      }
      behind.forEach(({ value, shift }) => this.finish(value, sums.before(shift)));
    }
  }

  private finish(layer: ValueId, { sums, scales }: Pick<GradCamSums, 'sums' | 'scales'>): void {
    const shape = this.job.entry.shapes.get(layer) ?? [];
    const { empty, noise, ...map } = rectifiedMaps(sums, scales, sizeOf(shape));
    tellEmpty(this.job, layer, empty, noise);
    this.maps[layer] = map;
  }

  /** Zeros for the layers on which the score does not depend, which the pass did not come by. */
  fillUp(): void {
    const { params, entry, notices } = this.job;
    for (const layer of new Set([...params.gradients, ...this.mapped])) {
      const shape = entry.shapes.get(layer) ?? [];
      const gradient = params.gradients.includes(layer) && !this.gradients[layer];
      const map = this.mapped.has(layer) && !this.maps[layer];
      if (gradient || map) {
        notices.push(message('The class score does not depend on the layer %1, so its gradient is zero.', layer));
      }
      if (gradient) {
        this.gradients[layer] = zeros(shape);
      }
      if (map) {
        this.maps[layer] = zeros(shapeOfMaps(shape[0], sizeOf(shape)));
        tellEmpty(this.job, layer, [...Array(shape[0]).keys()]);
      }
    }
  }
}

const zeros = (shape: number[]): TensorData => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
