/** A result of fixed numbers, for tests of what stores results. */
import { layerInfo, modelSummary } from '../../graph/testing/layer-info';
import { message } from '../../messages/message';
import type { Question, Result, ResultsModel } from '../result';

export const MODEL = modelSummary(
  [layerInfo('conv1'), layerInfo('conv2', { inputs: ['conv1'], unsupported: message('It is %1.', 'odd') })],
  {
    outputs: [{ name: 'head', shape: [null, 3] }],
    defaultLayer: 'conv2',
    fingerprint: { size: 10, hash: 'a'.repeat(64) }
  }
);

export const OF: ResultsModel = { fingerprint: MODEL.fingerprint, declared: { Drop: 'identity' } };

export const question = (own: Partial<Question> = {}): Question => ({
  image: 0,
  input: 'input',
  layer: 'conv2',
  method: 'grad-cam',
  score: 'logit',
  target: null,
  output: null,
  convention: null,
  ...own
});

/** Channel c of the layer has the values c and c + 1; the map's cells are 4, 3, 2 and 1. */
export function result(own: Partial<Question> = {}, channels = 3): Result {
  const about = question(own);
  const data = Float32Array.from({ length: channels * 4 }, (_, i) => Math.floor(i / 4) + (i % 2));
  return {
    about,
    run: {
      outputs: { head: { shape: [1, 3], data: Float32Array.of(0.7, 0.2, 0.1) } },
      output: 'head',
      ending: 'softmax',
      targets: [{ index: typeof about.target === 'number' ? about.target : 0, score: 2 }],
      logits: [2, -Infinity],
      activations: {},
      gradients: {},
      maps: { [about.layer]: { shape: [1, 2, 2], data: Float32Array.of(4, 3, 2, 1) } },
      planes: {
        [about.layer]: {
          channels,
          height: 2,
          width: 2,
          data,
          statistics: Float32Array.from({ length: channels * 3 }, (_, i) => Math.floor(i / 3) + [0, 1, 0.5][i % 3]),
          min: 0,
          max: channels
        }
      },
      inputSize: [4, 4],
      areFrames: true,
      fields: {
        [about.layer]: {
          axes: [0, 1].map(() => ({ jump: 2, size: 3, start: 1 })),
          input: [4, 4],
          inputs: ['image'],
          seesAll: false,
          isApart: false
        }
      },
      outputField: null,
      explainedInput: 'image',
      backend: 'wasm',
      timings: { upload: 0, forward: 0, backward: 0, explain: 0 },
      notices: [message('See %1.', message('here'))],
      empty: {},
      fed: { image: [0, Infinity] }
    },
    parts: null
  };
}
