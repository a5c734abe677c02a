/** Channels that are off, ranked and judged, through the whole engine, against Keras 3 and Keras 2 on TensorFlow. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayerHealth } from '../../../explain/channels/health';
import { readModel } from '../../../formats';
import { english } from '../../../messages/message';
import type { ChannelRanking, ChannelsOff } from '../../protocol/channels';
import type { EngineError } from '../../protocol/errors';
import type { EngineInput, Progress, RunParams } from '../../protocol/protocol';
import { NODE_BACKENDS, useBackend } from '../../testing/backends';
import { engineOf, request } from '../../testing/engines';
import { graphOf, node, noise } from '../../testing/graphs';
import { decode, relativeError, type StoredTensor } from '../../testing/numbers';
import { readReference } from '../../testing/references';

interface Explained {
  output: StoredTensor;
  score: number;
  saliency: StoredTensor;
  maps: Record<string, StoredTensor>;
}

interface Reference {
  pictures: StoredTensor;
  models: Record<
    string,
    {
      file: string;
      map: string;
      whole: Explained;
      cuts: (Explained & { off: ChannelsOff[] })[];
      ranked: (ChannelRanking & { scores: number[] })[];
      health: (Pick<LayerHealth, 'positions' | 'kinds' | 'twins' | 'atEnds'> & { layer: string })[];
    }
  >;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../conformance');
const { pictures, models } = readReference<Reference>(
  join(folder, 'data/explain/channels.json'),
  'conformance/explain/channels.py'
);
const TARGET = 1;
const SIZE = 16 * 20 * 3;
const data = decode(pictures);
const picture = (i: number) => ({ shape: [1, 16, 20, 3], data: data.slice(i * SIZE, (i + 1) * SIZE) });
const wanted = (more: Partial<RunParams> = {}): RunParams => request(picture(0), { target: TARGET, ...more });
const samples = Array.from({ length: pictures.shape[0] }, (_, i): Record<string, EngineInput> => ({
  '': { kind: 'tensor', tensor: picture(i) }
}));

const bytesOf = (file: string) => Uint8Array.from(atob(file), character => character.charCodeAt(0));
const open = async (name: string) => engineOf(await readModel(bytesOf(models[name].file), name, null, {}));

/** Cosine of the angle between two maps; 1 of two that are 0. */
function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  let [dot, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    left += a[i] ** 2;
    right += b[i] ** 2;
  }
  return left === 0 && right === 0 ? 1 : dot / Math.sqrt(left * right);
}

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  const cuts = Object.entries(models).flatMap(([name, { cuts: all }]) =>
    all.map((expected): [string, string, (typeof all)[number]] => [name, JSON.stringify(expected.off), expected])
  );
  it.each(cuts)('%s without %s scores and explains as Keras', async (name, _, { off, ...expected }) => {
    const engine = await open(name);
    const layers = Object.keys(expected.maps);
    const run = await engine.run(wanted({ off, maps: layers }));
    expect(relativeError(Object.values(run.outputs)[0].data, decode(expected.output))).toBeLessThan(1e-5);
    expect(Math.abs(run.targets[0].score / expected.score - 1)).toBeLessThan(1e-5);
    for (const layer of layers) {
      expect(cosine(run.maps[layer].data, decode(expected.maps[layer]))).toBeGreaterThan(0.99999);
      expect(relativeError(run.maps[layer].data, decode(expected.maps[layer]))).toBeLessThan(1e-4);
    }
    const { maps } = await engine.run(wanted({ off, maps: [layers[0]], method: 'saliency' }));
    expect(cosine(maps[layers[0]].data, decode(expected.saliency))).toBeGreaterThan(0.99999);
    engine.close('model');
  });

  const rankings = Object.entries(models).flatMap(([name, { ranked }]) =>
    ranked.map((expected): [string, string, string, number[]] => [name, expected.layer, expected.by, expected.scores])
  );
  it.each(rankings)('%s: the effect of each channel of %s, set to its %s', async (name, layer, by, scores) => {
    const engine = await open(name);
    const { ranking } = await engine.run(wanted({ ranking: { layer, by: by as ChannelRanking['by'] } }));
    expect(relativeError(ranking!.scores, scores)).toBeLessThan(1e-5);
    expect(Math.abs(ranking!.score / models[name].whole.score - 1)).toBeLessThan(1e-5);
    engine.close('model');
  });

  it.each(Object.keys(models))('%s: what its channels do over images', async name => {
    const engine = await open(name);
    const { health: expected } = models[name];
    const layers = expected.map(({ layer }) => layer);
    const found = await engine.health({ model: 'model', samples, layers });
    expect(found.images).toBe(samples.length);
    expect(found.layers.map(({ layer }) => layer)).toEqual(layers);
    for (const [i, { layer, twins, ...rest }] of expected.entries()) {
      const health = found.layers[i].health as LayerHealth;
      expect(health).toMatchObject({ ...rest, atEnds: rest.atEnds === null ? null : expect.closeTo(rest.atEnds, 6) });
      expect(health.twins).toEqual(twins.map(twin => ({ ...twin, correlation: expect.closeTo(twin.correlation, 5) })));
      expect(layer).toBe(found.layers[i].layer);
    }
    engine.close('model');
  });
});

describe('channels that are off', () => {
  beforeAll(() => useBackend('cpu'));
  const off: ChannelsOff[] = [{ layer: 'relu1', channels: [0, 5], by: 'zero' }];

  it('show 0, or their mean, in the feature maps, and leave the model as it was', async () => {
    const engine = await open('plain.keras');
    const before = await engine.run(wanted({ planes: ['relu1'], maps: ['conv2'] }));
    const half: ChannelsOff[] = [...off, { layer: 'relu1', channels: [2], by: 'mean' }];
    const without = await engine.run(wanted({ planes: ['relu1'], maps: ['conv2'], off: half }));
    const { data: was, statistics } = before.planes.relu1;
    const { data: is } = without.planes.relu1;
    const cells = 16 * 20;
    const plane = (of: Float32Array, channel: number) => of.subarray(channel * cells, (channel + 1) * cells);
    expect(plane(is, 0).every(value => value === 0)).toBe(true);
    expect(plane(is, 5).every(value => value === 0)).toBe(true);
    expect(plane(is, 2).every(value => Math.abs(value - statistics[2 * 3 + 2]) < 1e-6)).toBe(true);
    expect(plane(is, 1)).toEqual(plane(was, 1));
    const after = await engine.run(wanted({ planes: ['relu1'], maps: ['conv2'] }));
    expect(after.maps).toEqual(before.maps);
    expect(after.targets).toEqual(before.targets);
    expect(without.targets).not.toEqual(before.targets);
    engine.close('model');
  });

  it('leave nothing behind', async () => {
    const engine = await open('residual.keras');
    const ranking: ChannelRanking = { layer: 'stem', by: 'mean' };
    const layers = ['stem', 'relu'];
    const work = async () => {
      await engine.run(wanted({ ranking }));
      await engine.health({ model: 'model', samples: samples.slice(0, 2), layers });
    };
    await work();
    const { numTensors } = tf.memory();
    await work();
    expect(tf.memory().numTensors).toBe(numTensors);
    engine.close('model');
    expect(tf.memory().numTensors).toBe(0);
  });

  it('are kept of once, however many are tried, and the whole model beside them', async () => {
    const engine = await open('plain.keras');
    const steps = async (more: Partial<RunParams>): Promise<number> => {
      let most = 0;
      const onProgress = ({ phase, total }: Progress): void => void (phase === 'forward' && (most = total));
      await engine.run(wanted({ maps: ['conv2'], ...more }), { onProgress });
      return most;
    };
    expect(await steps({})).toBeGreaterThan(0);
    const held: number[] = [];
    for (let channel = 0; channel < 6; channel++) {
      const one: ChannelsOff[] = [{ layer: 'relu1', channels: [channel], by: 'zero' }];
      expect(await steps({ off: one })).toBeGreaterThan(0);
      // Another class of the same is at hand.
      expect(await steps({ off: one, target: 0 })).toBe(0);
      held.push(tf.memory().numBytes);
    }
    expect(held[5]).toBe(held[1]);
    expect(await steps({ target: 0 })).toBe(0);
    // With none off, the model is the whole one.
    expect(await steps({ off: [{ layer: 'relu1', channels: [], by: 'zero' }] })).toBe(0);
    engine.close('model');
  });

  it('stay off in methods of many passes, in checks of a map, and while others are ranked', async () => {
    const engine = await open('plain.keras');
    const { cuts } = models['plain.keras'];
    const { off: first, score } = cuts[3];
    const occluded = await engine.run(
      wanted({ off: first, maps: ['conv2'], method: 'occlusion', settings: { patch: 16, stride: 16 } })
    );
    expect(occluded.targets[0].score).toBeCloseTo(score, 4);
    const { ranking } = await engine.run(wanted({ off: first, ranking: { layer: 'conv2', by: 'zero' } }));
    expect(ranking?.score).toBeCloseTo(score, 4);
    const whole = await engine.run(wanted({ ranking: { layer: 'conv2', by: 'zero' } }));
    expect(ranking?.scores).not.toEqual(whole.ranking?.scores);
    const trust = { kind: 'randomisation', order: 'cascading', stages: 1 } as const;
    const [cut, uncut] = [
      await engine.run(wanted({ off: first, maps: ['conv2'], trust })),
      await engine.run(wanted({ maps: ['conv2'], trust }))
    ];
    expect(cut.trust).not.toEqual(uncut.trust);
    engine.close('model');
  });

  it('are refused with a sentence where there are none', async () => {
    const engine = await open('plain.keras');
    const refusal = async (one: ChannelsOff): Promise<string> =>
      engine.run(wanted({ off: [one] })).then(
        () => '',
        (error: EngineError) => {
          expect(error).toMatchObject({ name: 'EngineError', isLasting: true });
          return error.message;
        }
      );
    expect(await refusal({ layer: 'conv2', channels: [12], by: 'zero' })).toBe(
      'The layer conv2 has no channel 12: its channels are numbered 0 to 11.'
    );
    expect(await refusal({ layer: 'image', channels: [0], by: 'zero' })).toMatch(/^The layer image is an input/);
    expect(await refusal({ layer: 'softmax', channels: [0], by: 'zero' })).toMatch(/^The layer softmax is an output/);
    expect(await refusal({ layer: 'hidden', channels: [0], by: 'mean' })).toMatch(/have one position each/);
    expect(await refusal({ layer: 'conv', channels: [0], by: 'zero' })).toMatch(/has no layer called conv/);
    // A request that is refused leaves the next one its values.
    expect((await engine.run(wanted())).targets[0].score).toBeCloseTo(models['plain.keras'].whole.score, 4);
    engine.close('model');
  });

  it('are refused where channels come first', async () => {
    const first = { data_format: 'channels_first', pool_size: [2, 2], strides: [2, 2], padding: 'valid' };
    const engine = await engineOf(
      graphOf([
        node('image', 'InputLayer', [], [null, 3, 8, 8]),
        node('pool', 'MaxPooling2D', ['image'], [null, 3, 4, 4], first),
        node('relu', 'Activation', ['pool'], [null, 3, 4, 4], { activation: 'relu' }),
        node('flat', 'Flatten', ['relu'], [null, 48])
      ])
    );
    const tensor = { shape: [1, 3, 8, 8], data: noise(192, 1) };
    for (const layer of ['pool', 'relu']) {
      await expect(engine.run(request(tensor, { off: [{ layer, channels: [0], by: 'zero' }] }))).rejects.toThrow(
        /does not have them on its last axis/
      );
    }
    engine.close('model');
  });

  it.each([
    ['op:moveaxis', { source: [-1], destination: [1] }, { source: [1], destination: [-1] }],
    ['Permute', { dims: [3, 1, 2] }, { dims: [2, 3, 1] }]
  ])('are refused where %s has put them first, and found where another has put them back', async (op, first, last) => {
    const pooling = { data_format: 'channels_last', pool_size: [2, 2], strides: [2, 2], padding: 'valid' };
    const engine = await engineOf(
      graphOf([
        node('image', 'InputLayer', [], [null, 8, 8, 3]),
        node('pool', 'MaxPooling2D', ['image'], [null, 4, 4, 3], pooling),
        node('moved', op, ['pool'], [null, 3, 4, 4], first),
        node('relu', 'Activation', ['moved'], [null, 3, 4, 4], { activation: 'relu' }),
        node('back', op, ['relu'], [null, 4, 4, 3], last),
        node('flat', 'Flatten', ['back'], [null, 48])
      ])
    );
    const tensor = { shape: [1, 8, 8, 3], data: noise(192, 1) };
    const without = (layer: string) => engine.run(request(tensor, { off: [{ layer, channels: [0], by: 'zero' }] }));
    for (const layer of ['moved', 'relu']) {
      await expect(without(layer)).rejects.toThrow('its output (n, 3, 4, 4) does not have them on its last axis');
    }
    await expect(without('back')).resolves.toBeTruthy();
    engine.close('model');
  });

  it('are ranked one by one in a model that does not take samples apart', async () => {
    const mixing = graphOf([
      node('image', 'InputLayer', [], [null, 4, 4, 3]),
      node('relu', 'Activation', ['image'], [null, 4, 4, 3], { activation: 'relu' }),
      node('most', 'op:reduce', ['relu'], [1, 4, 4, 3], { kind: 'max', axis: [0], keepdims: true }),
      node('sum', 'Add', ['relu', 'most'], [null, 4, 4, 3]),
      node('gap', 'GlobalAveragePooling2D', ['sum'], [null, 3])
    ]);
    const engine = await engineOf(mixing);
    const tensor = { shape: [1, 4, 4, 3], data: noise(48, 3) };
    const params = request(tensor, { target: 1, ranking: { layer: 'relu', by: 'zero' } });
    const { ranking } = await engine.run(params);
    const mean = tensor.data.reduce((sum, value, i) => sum + (i % 3 === 1 ? (2 * Math.max(value, 0)) / 16 : 0), 0);
    expect(Array.from(ranking!.scores)).toEqual([mean, 0, mean].map(value => expect.closeTo(value, 5)));
    engine.close('model');
  });

  it('of a layer that the score does not depend on are not ranked', async () => {
    const engine = await open('plain.keras');
    const target = { layer: 'conv1', channel: 0 };
    await expect(engine.run(wanted({ target, ranking: { layer: 'conv2', by: 'zero' } }))).rejects.toMatchObject({
      message: expect.stringMatching(/does not depend on the layer conv2/),
      isLasting: true
    });
    const { ranking } = await engine.run(wanted({ target, ranking: { layer: 'conv1', by: 'zero' } }));
    expect(ranking!.scores[0]).toBe(0);
    expect(ranking!.scores[1]).toBe(ranking!.score);
    engine.close('model');
  });

  it('are ranked and judged with progress, and stop when cancelled', async () => {
    const engine = await open('old.h5');
    const { length } = models['old.h5'].ranked[0].scores;
    const ranking: ChannelRanking = { layer: 'conv', by: 'zero' };
    const told: Progress[] = [];
    const onProgress = (progress: Progress): void => void (progress.phase === 'rank' && told.push(progress));
    await engine.run(wanted({ ranking }), { onProgress });
    expect(told[0]).toEqual({ phase: 'rank', done: 0, total: length });
    expect(told.at(-1)).toEqual({ phase: 'rank', done: length, total: length });
    const cancel = { aborted: false };
    const stop = (progress: Progress): void =>
      void (cancel.aborted = progress.phase === 'rank' || progress.phase === 'judge');
    await expect(engine.run(wanted({ ranking }), { cancel, onProgress: stop })).rejects.toMatchObject({
      name: 'AbortError'
    });
    cancel.aborted = false;
    const health = { model: 'model', samples, layers: ['pw'] };
    await expect(engine.health(health, { cancel, onProgress: stop })).rejects.toMatchObject({ name: 'AbortError' });
    engine.close('model');
  });
});

describe('what channels do', () => {
  beforeAll(() => useBackend('cpu'));

  it('leaves out images and layers that it cannot judge, and says why', async () => {
    const engine = await open('plain.keras');
    const wrong: Record<string, EngineInput> = {
      '': { kind: 'tensor', tensor: { shape: [1, 5, 5, 3], data: new Float32Array(75) } }
    };
    const found = await engine.health({ model: 'model', samples: [samples[0], wrong], layers: ['relu1', 'nothing'] });
    expect(found.images).toBe(1);
    expect(found.problems.map(english)).toEqual([expect.stringContaining('(1, 5, 5, 3)')]);
    expect(english(found.layers[1].health as never)).toMatch(/has no layer called nothing/);
    await expect(engine.health({ model: 'model', samples: [wrong], layers: ['relu1'] })).rejects.toMatchObject({
      message: expect.stringMatching(/5, 5, 3/),
      isLasting: true
    });
    // What is refused for good is told from what may go well the next time.
    const missing = { '': { kind: 'picture', png: new Uint8Array(0) } as EngineInput };
    await expect(engine.health({ model: 'model', samples: [missing], layers: ['relu1'] })).rejects.toMatchObject({
      isLasting: false
    });
    engine.close('model');
  });
});
