/** Explanations in the engine: passes, progress, cancelling, memory, inputs of other shapes. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { METHOD_KINDS } from '../../explain/kinds';
import type { MethodName } from '../../explain/names';
import { LAYER, network, picture, TARGET } from '../../explain/testing/network';
import { english } from '../../messages/message';
import type { EngineInput, Progress, RunParams } from '../protocol/protocol';
import { useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { graphOf, node, noise, weight } from '../testing/graphs';
import { relativeError } from '../testing/numbers';

const METHODS = Object.keys(METHOD_KINDS) as MethodName[];
const settings = { steps: 8, samples: 8, patch: 8 };
const first = { ...picture(), shape: [1, 16, 20, 3], data: picture().data.slice(0, 960) };
const wanted = (more: Partial<RunParams>): RunParams =>
  request(picture(), { target: TARGET, settings, maps: [LAYER], ...more });

describe('explanations', () => {
  beforeAll(() => useBackend('cpu'));

  it('of every layer take one forward and one backward pass', async () => {
    const layers = ['conv1', 'pool', LAYER, 'last'];
    const engine = await engineOf(network());
    const seen: Progress[] = [];
    const all = await engine.run(wanted({ maps: layers }), { onProgress: progress => seen.push(progress) });
    for (const phase of ['forward', 'backward']) {
      const steps = seen.filter(progress => progress.phase === phase);
      expect(steps.map(({ done }) => done)).toEqual(steps.map((_, i) => i + 1));
      expect(steps.at(-1)?.done).toBe(steps[0].total);
    }
    for (const layer of layers) {
      const alone = await engine.run(wanted({ maps: [layer], inputKey: layer }));
      expect(relativeError(all.maps[layer].data, alone.maps[layer].data)).toBeLessThan(1e-5);
    }
    engine.close('model');
  });

  it('of every layer hold one gradient at a time', async () => {
    const engine = await engineOf(network());
    await engine.run(wanted({ maps: ['conv1', 'pool', LAYER, 'last'] }));
    // Forward values are kept now: what a further run adds is gradients.
    const before = tf.memory().numBytes;
    let most = 0;
    const onProgress = ({ phase }: Progress) =>
      (most = phase === 'backward' ? Math.max(most, tf.memory().numBytes - before) : most);
    await engine.run(wanted({ maps: ['conv1', 'pool', LAYER, 'last'], target: 1 }), { onProgress });
    // The largest gradient is conv1's, (2, 16, 20, 6); all four together would be half as much again.
    const largest = 2 * 16 * 20 * 6 * 4;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(largest * 1.1);
    engine.close('model');
  });

  it.each(METHODS)('%s leaves no tensor behind', async method => {
    const engine = await engineOf(network());
    await engine.run(wanted({ method }));
    const before = tf.memory().numTensors;
    await engine.run(wanted({ method }));
    expect(tf.memory().numTensors).toBe(before);
    engine.close('model');
  });

  it.each(METHODS)('%s treats a batch as its samples', async method => {
    const engine = await engineOf(network());
    const both = await engine.run(wanted({ method }));
    const one = await engine.run(
      request(first, { target: TARGET, settings, maps: [LAYER], method, inputKey: 'first' })
    );
    const { data } = one.maps[LAYER];
    expect(relativeError(both.maps[LAYER].data.slice(0, data.length), data)).toBeLessThan(1e-4);
    engine.close('model');
  });

  it.each<MethodName>(['score-cam', 'integrated-gradients', 'smooth-grad', 'occlusion'])(
    '%s tells its passes and stops when cancelled',
    async method => {
      const engine = await engineOf(network());
      await engine.run(wanted({ method }));
      const passes: Progress[] = [];
      await engine.run(wanted({ method }), {
        onProgress: progress => progress.phase === 'explain' && passes.push(progress)
      });
      expect(passes.at(-1)?.done).toBe(passes.at(-1)?.total);
      expect(passes.at(-1)?.total).toBeGreaterThan(5);
      const before = tf.memory().numTensors;
      const cancel = { aborted: false };
      const onProgress = ({ phase }: Progress) => {
        cancel.aborted ||= phase === 'explain';
      };
      await expect(engine.run(wanted({ method }), { cancel, onProgress })).rejects.toMatchObject({
        name: 'AbortError'
      });
      expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
      engine.close('model');
    }
  );

  it('say when Score-CAM left channels out, and take those that vary most', async () => {
    const engine = await engineOf(network());
    const { notices, maps } = await engine.run(wanted({ method: 'score-cam', settings: { channels: 4 } }));
    expect(notices.map(english)).toContain(
      `${LAYER}: Score-CAM weighed the 4 of 10 channels that vary most over the image.`
    );
    expect(Math.max(...maps[LAYER].data)).toBeGreaterThan(0);
    engine.close('model');
  });

  it('Score-CAM behind a crop is that of the cropped picture', async () => {
    /** The lower half of a picture, cut out by the model or beforehand. */
    const lower = (rows: number, crop: number) =>
      graphOf([
        node('image', 'InputLayer', [], [null, rows, 6, 2]),
        node('crop', 'Cropping2D', ['image'], [null, 8, 6, 2], {
          cropping: [
            [crop, 0],
            [0, 0]
          ]
        }),
        node(
          'conv',
          'Conv2D',
          ['crop'],
          [null, 8, 6, 4],
          { kernel_size: [3, 3], padding: 'same', activation: 'relu' },
          { kernel: weight('kernel', [3, 3, 2, 4], 1), bias: weight('bias', [4], 2) }
        ),
        node('pool', 'GlobalAveragePooling2D', ['conv'], [null, 4]),
        node('head', 'Dense', ['pool'], [null, 2], {}, { kernel: weight('head', [4, 2], 3), bias: weight('b', [2], 4) })
      ]);
    const whole = noise(16 * 6 * 2, 7);
    const run = async (rows: number, crop: number, data: Float32Array) => {
      const engine = await engineOf(lower(rows, crop));
      const x = { shape: [1, rows, 6, 2], data };
      const { channelWeights } = await engine.run(request(x, { method: 'score-cam', maps: ['conv'], target: 1 }));
      engine.close('model');
      return channelWeights!.conv.data;
    };
    const inside = await run(16, 8, whole);
    const beforehand = await run(8, 0, whole.slice(8 * 6 * 2));
    expect(Math.max(...inside) - Math.min(...inside)).toBeGreaterThan(1e-4);
    expect(relativeError(inside, beforehand)).toBeLessThan(1e-5);
  });

  it('Guided Grad-CAM is refused at a layer that does not see the input explained', async () => {
    const kernel = (seed: number) => ({
      kernel: weight('kernel', [3, 3, 2, 4], seed),
      bias: weight('bias', [4], seed)
    });
    const graph = graphOf([
      node('left', 'InputLayer', [], [null, 6, 6, 2]),
      node('right', 'InputLayer', [], [null, 6, 6, 2]),
      node('a', 'Conv2D', ['left'], [null, 4, 4, 4], { kernel_size: [3, 3], activation: 'relu' }, kernel(1)),
      node('b', 'Conv2D', ['right'], [null, 4, 4, 4], { kernel_size: [3, 3], activation: 'relu' }, kernel(2)),
      node('sum', 'Add', ['a', 'b'], [null, 4, 4, 4]),
      node('pool', 'GlobalAveragePooling2D', ['sum'], [null, 4])
    ]);
    const engine = await engineOf(graph);
    const side = (seed: number): EngineInput => ({
      kind: 'tensor',
      tensor: { shape: [1, 6, 6, 2], data: noise(72, seed) }
    });
    const inputs = { left: side(3), right: side(4) };
    const plain = request({ shape: [1, 6, 6, 2], data: noise(72, 3) }, { method: 'guided-grad-cam', target: 1 });
    const { maps } = await engine.run({ ...plain, inputs, maps: ['a', 'sum'] });
    expect([maps.a.shape, maps.sum.shape]).toEqual([
      [1, 6, 6],
      [1, 6, 6]
    ]);
    await expect(engine.run({ ...plain, inputs, maps: ['b'] })).rejects.toThrow(
      'the gradient at the input left, which the layer b does not see'
    );
    engine.close('model');
  });

  it('of the input need no spatial layer: vectors are one row', async () => {
    const graph = graphOf([
      node('signal', 'InputLayer', [], [null, 5]),
      node(
        'dense',
        'Dense',
        ['signal'],
        [null, 2],
        {},
        { kernel: weight('kernel', [5, 2], 4), bias: weight('bias', [2], 5) }
      )
    ]);
    const engine = await engineOf(graph);
    const x = { shape: [1, 5], data: noise(5, 6) };
    const { maps } = await engine.run(request(x, { method: 'input-x-gradient', maps: ['dense'], target: 1 }));
    const kernel = noise(10, 4);
    expect(maps.dense.shape).toEqual([1, 1, 5]);
    // The score is linear: x times the class's weights.
    expect(
      relativeError(
        maps.dense.data,
        x.data.map((value, i) => value * kernel[2 * i + 1])
      )
    ).toBeLessThan(1e-6);
    engine.close('model');
  });

  it('with channels first give the same map as with channels last', async () => {
    const kernel = { kernel: weight('kernel', [3, 3, 3, 4], 4), bias: weight('bias', [4], 5) };
    const head = { kernel: weight('head', [4, 2], 6), bias: weight('head bias', [2], 7) };
    const build = (channelsFirst: boolean) => {
      const data_format = channelsFirst ? 'channels_first' : 'channels_last';
      const shape = (c: number) => (channelsFirst ? [null, c, 6, 7] : [null, 6, 7, c]);
      return graphOf([
        node('image', 'InputLayer', [], shape(3)),
        node('conv', 'Conv2D', ['image'], shape(4), { padding: 'same', activation: 'relu', data_format }, kernel),
        node('gap', 'GlobalAveragePooling2D', ['conv'], [null, 4], { data_format }),
        node('dense', 'Dense', ['gap'], [null, 2], {}, head)
      ]);
    };
    const last = { shape: [1, 6, 7, 3], data: noise(126, 8) };
    const planes = { shape: [1, 3, 6, 7], data: last.data.map((_, i) => last.data[(i % 42) * 3 + Math.floor(i / 42)]) };
    for (const method of ['saliency', 'integrated-gradients', 'occlusion'] as const) {
      const [a, b] = [await engineOf(build(false)), await engineOf(build(true))];
      const expected = await a.run(request(last, { method, maps: ['conv'], target: 0 }));
      const { maps } = await b.run(request(planes, { method, maps: ['conv'], target: 0 }));
      expect(maps.conv.shape).toEqual([1, 6, 7]);
      expect(relativeError(maps.conv.data, expected.maps.conv.data)).toBeLessThan(1e-5);
      [a, b].forEach(engine => engine.close('model'));
    }
  });

  it.each([
    [{ layer: LAYER, channel: 10 }, `The layer ${LAYER} has no channel 10: its channels are numbered 0 to 9.`],
    [{ layer: LAYER, channel: 0, area: [0, 0, 9, 1] as const }, 'The area [0, 0, 9, 1] is not within the 8 x 10 cells'],
    [{ layer: 'nowhere', channel: 0 }, 'has no layer called nowhere'],
    [{ class: 0, minus: 4 }, 'There is no class 4']
  ])('refuse the target %j', async (target, message) => {
    const engine = await engineOf(network());
    await expect(engine.run(wanted({ target }))).rejects.toThrow(message);
    engine.close('model');
  });

  it('are made at layers that a convolution leads to: behind dropout and pooling too', async () => {
    const weights = { kernel: weight('kernel', [5, 4], 7), bias: weight('bias', [4], 8) };
    const conv = { kernel: weight('kernel', [3, 3, 3, 5], 3), bias: weight('bias', [5], 4) };
    const engine = await engineOf(
      graphOf([
        node('image', 'InputLayer', [], [null, 16, 20, 3]),
        node('conv', 'Conv2D', ['image'], [null, 16, 20, 5], { padding: 'same', activation: 'relu' }, conv),
        node('dropout', 'Dropout', ['conv'], [null, 16, 20, 5], { rate: 0.3 }),
        node('pool', 'MaxPooling2D', ['dropout'], [null, 8, 10, 5], { pool_size: [2, 2] }),
        node('gap', 'GlobalAveragePooling2D', ['pool'], [null, 5]),
        node('dense', 'Dense', ['gap'], [null, 4], { activation: 'softmax' }, weights)
      ])
    );
    const layers = ['conv', 'dropout', 'pool'];
    const { maps, activations } = await engine.run(request(first, { target: 1, maps: layers, activations: ['pool'] }));
    expect(maps.dropout.data.some(value => value > 0)).toBe(true);
    expect(relativeError(maps.dropout.data, maps.conv.data)).toBeLessThan(1e-6);
    // Behind the layer are a mean over its 80 cells and one weight a channel.
    const kernel = weights.kernel.read();
    const { data } = activations.pool;
    const sums = Float32Array.from({ length: 80 }, (_, cell) => {
      let sum = 0;
      for (let k = 0; k < 5; k++) {
        sum += (kernel[4 * k + 1] / 80) * data[5 * cell + k];
      }
      return Math.max(sum, 0);
    });
    expect(sums.some(value => value > 0)).toBe(true);
    expect(relativeError(maps.pool.data, sums)).toBeLessThan(1e-5);
    engine.close('model');
  });
});
