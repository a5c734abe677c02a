/** What channels and classes look for, through the whole engine, step by step beside Keras on TensorFlow. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASCENT_DEFAULTS } from '../../../explain/channels/ascent';
import type { Target } from '../../../explain/names';
import { LAYER, network, picture, TARGET } from '../../../explain/testing/network';
import { english } from '../../../messages/message';
import type { AscentFindings, AscentParams } from '../../protocol/ascent';
import type { PartialRun, Progress, RunParams } from '../../protocol/protocol';
import { NODE_BACKENDS, useBackend } from '../../testing/backends';
import { engineOf, request } from '../../testing/engines';
import { graphOf, node, noise, weight } from '../../testing/graphs';
import { decode, type StoredTensor } from '../../testing/numbers';
import { readReference } from '../../testing/references';

interface Reference {
  settings: AscentParams;
  cases: { target: Target; given: number; pictures: StoredTensor; scores: number[][] }[];
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../conformance');
const { settings, cases } = readReference<Reference>(
  join(folder, 'data/explain/ascent.json'),
  'conformance/explain/ascent.py'
);
const SIZE = 16 * 20 * 3;
const one = { shape: [1, 16, 20, 3], data: picture().data.slice(0, SIZE) };
const asked = (ascent: AscentParams, more: Partial<RunParams> = {}): RunParams =>
  request(one, { target: { layer: LAYER, channel: 3 }, ascent, ...more });

async function seek(params: RunParams): Promise<AscentFindings> {
  const engine = await engineOf(network());
  const { ascent } = await engine.run(params);
  engine.close('model');
  return ascent!;
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
};

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  describe.each(cases.map(one => [JSON.stringify(one.target), one] as const))('%s', (_, expected) => {
    const { target, given, scores } = expected;
    const pictures = decode(expected.pictures);
    const at = (seed: number, step: number) =>
      pictures.slice((seed * (settings.steps + 1) + step) * SIZE, (seed * (settings.steps + 1) + step + 1) * SIZE);

    it.each([1, 4, 5, settings.steps])('after %i steps are the pictures of Keras', async steps => {
      const found = await seek(asked({ ...settings, steps }, { target }));
      settings.seeds.forEach((_, i) => {
        expect(distance(found.pictures.data.slice(i * SIZE, (i + 1) * SIZE), at(i, steps))).toBeLessThan(1e-4);
        const curve = found.scores.slice(i * (steps + 1), i * (steps + 1) + steps);
        expect(distance(curve, scores[i].slice(0, steps))).toBeLessThan(1e-4);
      });
      expect(Math.abs(found.given - given)).toBeLessThan(1e-5);
    });

    it('ends with the score of the last picture, far above the first', async () => {
      const found = await seek(asked(settings, { target }));
      scores.forEach((curve, i) => {
        const [first, last] = [0, settings.steps].map(step => found.scores[i * (settings.steps + 1) + step]);
        expect(Math.abs(last - curve[settings.steps])).toBeLessThan(1e-4);
        expect(last).toBeGreaterThan(first + 0.4 * Math.abs(first));
      });
    });
  });

  it('leaves no tensor behind', async () => {
    const engine = await engineOf(network());
    await engine.run(asked(settings));
    const before = tf.memory().numTensors;
    await engine.run(asked(settings));
    expect(tf.memory().numTensors).toBe(before);
    engine.close('model');
  });
});

describe('pictures that grow', () => {
  beforeAll(() => useBackend('cpu'));

  it('stay within the range that was fed, and are the same for the same seed, whatever else grows', async () => {
    const twice = await seek(asked({ ...settings, seeds: [5, 5, 1] }));
    const [a, b, c] = [0, 1, 2].map(i => twice.pictures.data.slice(i * SIZE, (i + 1) * SIZE));
    expect(a).toEqual(b);
    expect(distance(a, c)).toBeGreaterThan(0.01);
    const alone = await seek(asked({ ...settings, seeds: [1] }));
    expect(distance(alone.pictures.data, c)).toBeLessThan(1e-5);
    const { low, high } = twice.range;
    expect(low).toEqual(new Array(3).fill(Math.min(...one.data)));
    expect(Math.min(...twice.pictures.data)).toBeGreaterThanOrEqual(low[0]);
    expect(Math.max(...twice.pictures.data)).toBeLessThanOrEqual(high[0] + 1e-6);
  });

  it('take their range from how pictures are preprocessed', async () => {
    const engine = await engineOf(network());
    const [, height, width] = one.shape;
    const params = asked({ ...settings, steps: 1 });
    const inputs = {
      '': { kind: 'picture', png: new Uint8Array(), preprocess: 'caffe', interpolation: 'bilinear' }
    } as const;
    Object.assign(engine, {
      decode: async () => ({ height, width, channels: 3, data: new Float32Array(SIZE).fill(100) })
    });
    const { ascent } = await engine.run({ ...params, inputs, inputKey: 'picture' });
    engine.close('model');
    const mean = [103.939, 116.779, 123.68];
    expect(
      distance(
        ascent!.range.low,
        mean.map(value => -value)
      )
    ).toBeLessThan(1e-4);
    expect(
      distance(
        ascent!.range.high,
        mean.map(value => 255 - value)
      )
    ).toBeLessThan(1e-4);
  });

  it('tell their steps, are shown on the way, and stop when cancelled', async () => {
    const engine = await engineOf(network());
    const seen: Progress[] = [];
    const partial: PartialRun[] = [];
    await engine.run(asked(settings), {
      onProgress: progress => progress.phase === 'grow' && seen.push(progress),
      onPartial: answer => partial.push(answer)
    });
    expect(seen.map(({ done }) => done)).toEqual(Array.from({ length: settings.steps + 1 }, (_, i) => i));
    expect(partial[0].ascent).toMatchObject({ done: 1, asked: settings });
    expect(partial[0].outputs).toBeDefined();
    const cancel = { aborted: false };
    const onProgress = ({ phase, done }: Progress) => (cancel.aborted ||= phase === 'grow' && done === 2);
    await expect(engine.run(asked(settings), { cancel, onProgress })).rejects.toMatchObject({ name: 'AbortError' });
    engine.close('model');
  });

  it('say where nothing moves the score', async () => {
    const graph = graphOf([
      node('image', 'InputLayer', [], [null, 4, 4, 1]),
      node(
        'conv',
        'Conv2D',
        ['image'],
        [null, 2, 2, 2],
        { kernel_size: [3, 3] },
        {
          kernel: { ...weight('kernel', [3, 3, 1, 2], 1), read: () => new Float32Array(18) },
          bias: weight('bias', [2], 2)
        }
      )
    ]);
    const engine = await engineOf(graph);
    const x = { shape: [1, 4, 4, 1], data: noise(16, 3) };
    const ascent = { ...ASCENT_DEFAULTS, seeds: [1], steps: 3 };
    const { notices } = await engine.run(request(x, { target: { layer: 'conv', channel: 0 }, ascent }));
    expect(notices.map(english)).toContain(
      'No change of the picture moves this score: what is drawn is the noise it began with.'
    );
    engine.close('model');
  });

  const flat = { '': { kind: 'tensor', tensor: { ...one, data: one.data.map(() => 0) } } } as const;
  it.each<[string, Partial<AscentParams>, Partial<RunParams>, RegExp]>([
    ['no steps', { steps: 0 }, {}, /Steps and rate must be above 0/],
    ['no seeds', { seeds: [] }, {}, /Steps and rate must be above 0/],
    ['a jitter of half a pixel', { jitter: 0.5 }, {}, /whole numbers/],
    ['a channel that is not there', {}, { target: { layer: LAYER, channel: 10 } }, /has no channel 10/],
    ['an input of one value', {}, { inputs: flat }, /the same value everywhere/]
  ])('refuse %s', async (_, changed, more, reason) => {
    await expect(seek(asked({ ...settings, ...changed }, more))).rejects.toThrow(reason);
  });

  it('refuse an input that is no picture', async () => {
    const graph = graphOf([
      node('signal', 'InputLayer', [], [null, 5]),
      node('dense', 'Dense', ['signal'], [null, 2], {}, { kernel: weight('k', [5, 2], 4), bias: weight('b', [2], 5) })
    ]);
    const engine = await engineOf(graph);
    const params = request({ shape: [1, 5], data: noise(5, 6) }, { target: TARGET - 1, ascent: settings });
    await expect(engine.run(params)).rejects.toThrow('the input of this model has the shape (n, 5)');
    engine.close('model');
  });
});

it('kernels are the file’s, and only of convolutions', async () => {
  await useBackend('cpu');
  const engine = await engineOf(network());
  const { kernels } = await engine.run(request(one, { kernels: 'conv1' }));
  expect(kernels?.shape).toEqual([3, 3, 3, 6]);
  const { weights } = network().nodes.find(({ id }) => id === 'conv1')!;
  expect(kernels?.data).toEqual(weights.kernel.read());
  await expect(engine.run(request(one, { kernels: 'pool' }))).rejects.toThrow('The layer pool is no convolution');
  engine.close('model');
});
