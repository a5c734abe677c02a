/**
 * Every method, convention and target against TensorFlow, tf-keras-vis,
 * pytorch-grad-cam and captum, on one small network, through the whole engine.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunParams, RunResult } from '../../engine/protocol/protocol';
import { NODE_BACKENDS, useBackend } from '../../engine/testing/backends';
import { engineOf, request } from '../../engine/testing/engines';
import { decode, relativeError, type StoredTensor } from '../../engine/testing/numbers';
import { readReference } from '../../engine/testing/references';
import { english } from '../../messages/message';
import type { ConventionName, MethodName, Target } from '../names';
import { LAYER, network, picture, TARGET } from '../testing/network';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../conformance');
const keras = readReference<Record<string, StoredTensor>>(
  join(folder, 'data/explain/keras.json'),
  'conformance/explain/generate.py'
);
const torch = readReference<{ arrays: Record<string, StoredTensor> }>(
  join(folder, 'explain/torch-peers.json'),
  'conformance/explain/generate_torch.py'
).arrays;

/** Of the largest value: float32 sums in another order. */
const NUMERICAL = 2e-5;
/** Tolerance for the rounding of the peers' own float32 steps. */
const CONVENTIONAL = 1e-4;

const settings = { steps: 20, samples: 5, noise: 0.2, seed: 7, patch: 5, stride: 3, baseline: 0.25 };

async function run(wanted: Partial<RunParams>): Promise<RunResult> {
  const engine = await engineOf(network());
  const result = await engine.run(request(picture(), { target: TARGET, settings, ...wanted }));
  engine.close('model');
  return result;
}

async function expectMap(expected: StoredTensor, tolerance: number, wanted: Partial<RunParams>): Promise<RunResult> {
  const layer = wanted.maps?.[0] ?? LAYER;
  const result = await run({ maps: [layer], ...wanted });
  expect(result.maps[layer].shape).toEqual(expected.shape);
  expect(relativeError(result.maps[layer].data, decode(expected))).toBeLessThan(tolerance);
  return result;
}

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it('the network is the one that the references are of', async () => {
    const { outputs, activations } = await run({ activations: [LAYER] });
    expect(relativeError(outputs.dense.data, decode(keras.output))).toBeLessThan(1e-5);
    expect(relativeError(activations[LAYER].data, decode(keras.activation))).toBeLessThan(1e-5);
  });

  describe('methods', () => {
    it.each<MethodName>([
      'saliency',
      'input-x-gradient',
      'guided-backprop',
      'guided-grad-cam',
      'integrated-gradients',
      'smooth-grad',
      'occlusion',
      'eigen-cam'
    ])('%s as TensorFlow or tf-keras-vis', async method => {
      await expectMap(keras[method], NUMERICAL, { method });
    });

    it.each<MethodName>(['saliency', 'input-x-gradient', 'guided-backprop', 'integrated-gradients', 'occlusion'])(
      '%s as captum',
      async method => {
        await expectMap(torch[method], NUMERICAL, { method });
      }
    );

    it('guided-grad-cam of an area of a channel, as TensorFlow', async () => {
      const target = { layer: LAYER, channel: 3, area: [1, 2, 3, 6] } as const;
      await expectMap(keras['guided-grad-cam unit'], NUMERICAL, { method: 'guided-grad-cam', maps: ['conv1'], target });
    });

    it('score-cam as pytorch-grad-cam', async () => {
      await expectMap(torch['score-cam'], NUMERICAL, { method: 'score-cam' });
    });

    it('eigen-cam where there are fewer channels than cells', () =>
      expectMap(keras['eigen-cam conv1'], NUMERICAL, { method: 'eigen-cam', maps: ['conv1'] }));

    it('integrated gradients say how complete they are', async () => {
      const { completeness, notices } = await run({ method: 'integrated-gradients', maps: [LAYER] });
      const difference = decode(keras.difference);
      completeness?.forEach((sums, sample) => {
        expect(sums.difference).toBeCloseTo(difference[sample], 5);
        expect(sums.attributed / sums.difference).toBeCloseTo(1, 1);
      });
      expect(completeness).toHaveLength(2);
      expect(notices.filter(notice => /completeness error [\d.e-]+ %/.test(english(notice)))).toHaveLength(2);
    });
  });

  describe('conventions', () => {
    it.each<[string, StoredTensor, Partial<RunParams>]>([
      ['tf-keras-vis', keras['tf-keras-vis logit'], {}],
      ['tf-keras-vis', keras['tf-keras-vis probability'], { score: 'probability' }],
      ['keras-io', keras['keras-io logit'], {}],
      ['pytorch-grad-cam', torch['pytorch-grad-cam logit'], {}],
      ['captum', torch['captum logit'], {}]
    ])('%s', async (convention, expected, wanted) => {
      await expectMap(expected, CONVENTIONAL, { convention: convention as ConventionName, ...wanted });
    });

    it('are about Grad-CAM only', async () => {
      await expect(run({ convention: 'captum', method: 'layer-cam', maps: [LAYER] })).rejects.toThrow(
        'The convention captum is about Grad-CAM'
      );
    });
  });

  describe('targets', () => {
    const unit = { layer: LAYER, channel: 3 };
    it.each<[string, Target, Partial<RunParams>]>([
      ['class', TARGET, {}],
      ['class', { class: TARGET }, {}],
      ['difference', { class: TARGET, minus: 1 }, {}],
      ['probability difference', { class: TARGET, minus: 1 }, { score: 'probability' }],
      ['negative', { class: TARGET, negative: true }, {}],
      ['highest', { class: null }, {}],
      ['unit', { ...unit, area: [1, 2, 2, 3] }, { maps: ['conv1'] }],
      ['area', { ...unit, area: [1, 2, 3, 6] }, { maps: ['conv1'] }],
      ['all channels', { layer: LAYER, channel: null }, { maps: ['conv1'] }]
    ])('%s: %j', async (name, target, wanted) => {
      await expectMap(keras[`target ${name}`], NUMERICAL, { target, ...wanted });
    });

    it('tell the sum of an area', async () => {
      const { targets } = await run({ target: { ...unit, area: [1, 2, 3, 6] } });
      const sums = decode(keras.sum);
      targets.forEach(({ index, score }, sample) => {
        expect(index).toBe(3);
        expect(score).toBeCloseTo(sums[sample], 5);
      });
    });
  });
});
