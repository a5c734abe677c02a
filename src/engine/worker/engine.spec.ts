import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../explain/names';
import type { ModelGraph } from '../../graph/model-graph';
import { english, verbatim } from '../../messages/message';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { graphOf, node, noise, smallCnn, weight } from '../testing/graphs';
import { relativeError } from '../testing/numbers';
import type { Engine } from './engine';

const LAYERS = ['conv1', 'bn1', 'relu1', 'drop', 'conv2', 'add', 'bn2', 'relu2', 'pool', 'conv3'];
const image = (samples = 1, seed = 3) => ({ shape: [samples, 8, 8, 3], data: noise(samples * 192, seed) });

/** d score / d input cell by central differences in the score itself. */
async function slope(engine: Engine, at: number): Promise<number> {
  const step = 0.01;
  const score = async (shift: number) => {
    const data = image().data.slice();
    data[at] += shift;
    const { targets } = await engine.run(
      request({ shape: [1, 8, 8, 3], data }, { target: 2, inputKey: `${at} ${shift}` })
    );
    return targets[0].score;
  };
  return ((await score(step)) - (await score(-step))) / (2 * step);
}

describe.each(NODE_BACKENDS)('the engine on %s', backend => {
  beforeAll(() => useBackend(backend));

  it('computes the same values merged and layer by layer', async () => {
    const alone: Record<string, { activation: Float32Array; gradient: Float32Array }> = {};
    for (const layer of LAYERS) {
      const engine = await engineOf(smallCnn());
      const { activations, gradients } = await engine.run(
        request(image(), { activations: [layer], gradients: [layer] })
      );
      alone[layer] = { activation: activations[layer].data, gradient: gradients[layer].data };
      engine.close('model');
    }
    const engine = await engineOf(smallCnn());
    const { activations, gradients } = await engine.run(request(image(), { activations: LAYERS, gradients: LAYERS }));
    for (const layer of LAYERS) {
      expect(relativeError(alone[layer].activation, activations[layer].data)).toBeLessThan(1e-5);
      expect(relativeError(alone[layer].gradient, gradients[layer].data)).toBeLessThan(1e-5);
    }
    engine.close('model');
  });

  it('gives a short account of any layer, also of those merged into others', async () => {
    const engine = await engineOf(smallCnn());
    const { overviews, activations } = await engine.run(
      request(image(), { overviews: LAYERS, activations: LAYERS, maps: ['conv3'] })
    );
    const alone = await engine.run(request(image(), { overviews: ['bn1'] }));
    for (const layer of LAYERS) {
      const { data, shape } = activations[layer];
      const channels = shape[3];
      const means = Float32Array.from(
        { length: data.length / channels },
        (_, cell) => data.subarray(cell * channels, (cell + 1) * channels).reduce((a, b) => a + b, 0) / channels
      );
      expect(relativeError(means, overviews?.[layer].mean ?? new Float32Array())).toBeLessThan(1e-6);
    }
    expect(
      relativeError(overviews?.bn1.mean ?? new Float32Array(), alone.overviews?.bn1.mean ?? new Float32Array())
    ).toBeLessThan(1e-5);
    engine.close('model');
  });

  it('gives the slope of the score at the input', async () => {
    const engine = await engineOf(smallCnn());
    const { gradients } = await engine.run(request(image(), { gradients: ['image'], target: 2 }));
    for (const at of [0, 50, 101, 191]) {
      expect(gradients.image.data[at]).toBeCloseTo(await slope(engine, at), 3);
    }
    engine.close('model');
  });

  // Behind the mean comes one Dense layer alone: its kernel's columns are the logits' gradients.
  it('scores before the softmax, or behind it when asked', async () => {
    const engine = await engineOf(smallCnn());
    const kernel = (row: number, column: number) => noise(40, 10)[row * 5 + column];
    const [target, rows] = [2, [...Array(8).keys()]];
    const ask = (score: 'logit' | 'probability') => engine.run(request(image(), { gradients: ['gap'], target, score }));
    const logit = await ask('logit');
    expect(
      relativeError(
        logit.gradients.gap.data,
        rows.map(row => kernel(row, target))
      )
    ).toBeLessThan(1e-6);
    const p = Object.values(logit.outputs)[0].data;
    const mean = (row: number) => p.reduce((sum, share, column) => sum + share * kernel(row, column), 0);
    const slopes = rows.map(row => p[target] * (kernel(row, target) - mean(row)));
    const probability = await ask('probability');
    expect(relativeError(probability.gradients.gap.data, slopes)).toBeLessThan(1e-5);
    engine.close('model');
  });

  it('treats a batch as its samples, each with its own class', async () => {
    const engine = await engineOf(smallCnn());
    const batch = image(3);
    const all = await engine.run(request(batch, { maps: ['conv2'], gradients: ['add'] }));
    for (let i = 0; i < 3; i++) {
      const data = batch.data.slice(i * 192, (i + 1) * 192);
      const one = await engine.run(
        request({ shape: [1, 8, 8, 3], data }, { inputKey: `${i}`, maps: ['conv2'], gradients: ['add'] })
      );
      expect(one.targets[0].index).toBe(all.targets[i].index);
      expect(relativeError(all.maps.conv2.data.slice(i * 64, (i + 1) * 64), one.maps.conv2.data)).toBeLessThan(1e-5);
      expect(relativeError(all.gradients.add.data.slice(i * 384, (i + 1) * 384), one.gradients.add.data)).toBeLessThan(
        1e-5
      );
    }
    engine.close('model');
  });

  it('answers from what it kept as it would anew', async () => {
    const used = await engineOf(smallCnn());
    await used.run(request(image(), { maps: ['relu1'] }));
    for (const wanted of [
      { target: 4, maps: ['relu1'] },
      { target: 4, maps: ['conv3'] },
      { gradients: ['conv1'], score: 'probability' as const }
    ]) {
      const fresh = await engineOf(smallCnn());
      const a = await used.run(request(image(), wanted));
      const b = await fresh.run(request(image(), wanted));
      expect(a.targets[0].index).toBe(b.targets[0].index);
      for (const of of ['maps', 'gradients'] as const) {
        Object.keys(b[of]).forEach(layer =>
          expect(relativeError(a[of][layer].data, b[of][layer].data)).toBeLessThan(1e-5)
        );
      }
      fresh.close('model');
    }
    used.close('model');
  });

  it("gives arrays that are the caller's own", async () => {
    const engine = await engineOf(smallCnn());
    const wanted = { activations: ['conv2'], gradients: ['conv2'] };
    const first = await engine.run(request(image(), wanted));
    const kept = [first.activations.conv2.data.slice(), first.outputs.dense.data.slice()];
    [first.activations.conv2, first.gradients.conv2, first.outputs.dense].forEach(({ data }) => data.fill(0));
    const second = await engine.run(request(image(), wanted));
    expect([...second.activations.conv2.data]).toEqual([...kept[0]]);
    expect([...second.outputs.dense.data]).toEqual([...kept[1]]);
    engine.close('model');
  });

  it('needs no forward steps for another class of the same input', async () => {
    const engine = await engineOf(smallCnn());
    await engine.run(request(image(), { maps: ['conv2'] }));
    const phases: string[] = [];
    await engine.run(request(image(), { maps: ['conv2'], target: 1 }), {
      onProgress: ({ phase }) => phases.push(phase)
    });
    expect(phases).toContain('backward');
    expect(phases).not.toContain('forward');
    engine.close('model');
  });

  it('keeps no more tensors after 100 runs than after 10, and none after closing', async () => {
    const start = tf.memory().numTensors;
    const engine = await engineOf(smallCnn(), 50_000);
    const run = (i: number) =>
      engine.run(
        request(image(1, i + 1), { inputKey: `${i}`, maps: ['conv2'], gradients: ['relu1'], planes: ['pool'] })
      );
    for (let i = 0; i < 10; i++) {
      await run(i);
    }
    const ten = tf.memory().numTensors;
    for (let i = 10; i < 100; i++) {
      await run(i);
    }
    expect(tf.memory().numTensors).toBe(ten);
    engine.close('model');
    expect(tf.memory().numTensors).toBe(start);
  });

  it('keeps of many strokes over a picture what it keeps of one', async () => {
    const engine = await engineOf(smallCnn());
    await engine.run(request(image(), { inputKey: 'the picture', maps: ['conv2'] }));
    const stroke = async (i: number) => {
      const wanted = { inputKey: `stroke ${i}`, isPassing: true };
      await engine.run(request(image(1, i + 5), wanted));
      await engine.run(request(image(1, i + 5), { ...wanted, maps: ['conv2'], planes: ['conv2'] }));
      const { numTensors, numBytes } = tf.memory();
      return { numTensors, numBytes };
    };
    const held: Awaited<ReturnType<typeof stroke>>[] = [];
    for (let i = 1; i <= 500; i++) {
      held.push(await stroke(i));
    }
    expect(held[499]).toEqual(held[19]);
    // The picture as it is stays beside them.
    const phases: string[] = [];
    const again = request(image(), { inputKey: 'the picture', maps: ['conv2'], target: 1 });
    await engine.run(again, { onProgress: ({ phase }) => phases.push(phase) });
    expect(phases).not.toContain('forward');
    engine.close('model');
  }, 60_000);

  it('works within a budget that keeps next to nothing', async () => {
    const roomy = await engineOf(smallCnn());
    const tight = await engineOf(smallCnn(), 1);
    const wanted = { maps: ['relu1'], activations: ['pool'] };
    const [a, b] = [await roomy.run(request(image(), wanted)), await tight.run(request(image(), wanted))];
    expect([...b.maps.relu1.data]).toEqual([...a.maps.relu1.data]);
    const again = await tight.run(request(image(), { maps: ['conv3'] }));
    expect(
      relativeError(again.maps.conv3.data, (await roomy.run(request(image(), { maps: ['conv3'] }))).maps.conv3.data)
    ).toBeLessThan(1e-5);
    roomy.close('model');
    tight.close('model');
  });

  it('stops when it is cancelled, leaving no tensor behind', async () => {
    const engine = await engineOf(smallCnn());
    await engine.run(request(image(), { maps: ['conv2'] }));
    engine.leaveBackend(false);
    const before = tf.memory().numTensors;
    const cancel = { aborted: false };
    const onProgress = () => (cancel.aborted = true);
    await expect(engine.run(request(image(), { maps: ['conv2'] }), { cancel, onProgress })).rejects.toMatchObject({
      name: 'AbortError'
    });
    engine.leaveBackend(false);
    expect(tf.memory().numTensors).toBe(before);
    engine.close('model');
  });

  it('starts anew after the backend was left', async () => {
    const engine = await engineOf(smallCnn());
    const first = await engine.run(request(image(), { maps: ['conv2'] }));
    engine.leaveBackend(false);
    const second = await engine.run(request(image(), { maps: ['conv2'] }));
    expect([...second.maps.conv2.data]).toEqual([...first.maps.conv2.data]);
    engine.close('model');
  });
});

/** The mean of the positive values of a picture of 2 x 2, times each of these. */
const meanTimes = (factors: number[]): ModelGraph =>
  graphOf([
    node('image', 'InputLayer', [], [null, 2, 2, 1]),
    node('conv', 'ReLU', ['image'], [null, 2, 2, 1]),
    node('gap', 'GlobalAveragePooling2D', ['conv'], [null, 1]),
    node(
      'dense',
      'Dense',
      ['gap'],
      [null, factors.length],
      {},
      {
        kernel: {
          name: 'k',
          shape: [1, factors.length],
          dtype: 'float32',
          read: () => new Float32Array(factors)
        }
      }
    )
  ]);

describe('what the engine says', () => {
  beforeAll(() => useBackend('cpu'));

  const broken = (): ModelGraph => {
    const graph = smallCnn();
    return {
      ...graph,
      unsupported: [
        { node: 'relu2', op: 'Lambda', reason: verbatim('Lambda layers hold Python code, which is never run.') }
      ]
    };
  };

  it('names a layer that does not exist or has no image axes', async () => {
    const engine = await engineOf(smallCnn());
    await expect(engine.run(request(image(), { maps: ['nowhere'] }))).rejects.toThrow('has no layer called nowhere');
    await expect(engine.run(request(image(), { maps: ['gap'] }))).rejects.toThrow(
      'The layer gap has no image axes (its output has shape (n, 8))'
    );
  });

  it('describes a layer that is otherwise merged into its neighbours', async () => {
    const engine = await engineOf(smallCnn());
    const { overviews, activations } = await engine.run(request(image(), { overviews: ['bn2'] }));
    expect(Object.keys(overviews ?? {})).toEqual(['bn2']);
    expect(activations).toEqual({});
  });

  it('shows feature maps before a layer that cannot run, and says why nothing can be explained', async () => {
    const engine = await engineOf(broken());
    const { planes, outputs } = await engine.run(request(image(), { planes: ['bn2'] }));
    expect(planes.bn2.channels).toBe(6);
    expect(outputs).toEqual({});
    await expect(engine.run(request(image(), { planes: ['pool'] }))).rejects.toThrow(
      'The layer pool cannot run, because it needs the layer relu2'
    );
    await expect(engine.run(request(image(), { maps: ['conv1'] }))).rejects.toThrow(
      'behind the layer relu2, which cannot run: Lambda layers'
    );
  });

  it('turns a map without positive values into zeros and a notice', async () => {
    const engine = await engineOf(meanTimes([-1]));
    const { maps, empty, fed } = await engine.run(
      request({ shape: [1, 2, 2, 1], data: new Float32Array([1, 2, 3, 4]) }, { maps: ['conv'] })
    );
    expect([...maps.conv.data]).toEqual([0, 0, 0, 0]);
    expect(empty).toEqual({ conv: [0] });
    expect(fed).toEqual({ image: [1, 4] });
  });

  it('explains the first of the numbers of a regression, whichever is larger, unless another is named', async () => {
    const graphOfTwo = (areNumbers: boolean) => {
      const graph = meanTimes([1, 3]);
      graph.outputs = graph.outputs.map(output => ({ ...output, ...(areNumbers ? { areNumbers } : {}) }));
      return graph;
    };
    const input = { shape: [1, 2, 2, 1], data: new Float32Array([1, 2, 3, 4]) };
    const explained = async (areNumbers: boolean, target: Target) => {
      const run = await (await engineOf(graphOfTwo(areNumbers))).run(request(input, { maps: ['conv'], target }));
      return [run.areNumbers === true, run.targets];
    };
    expect(await explained(true, null)).toEqual([true, [{ index: 0, score: 2.5 }]]);
    expect(await explained(true, { class: null, negative: true })).toEqual([true, [{ index: 0, score: -2.5 }]]);
    expect(await explained(true, 1)).toEqual([true, [{ index: 1, score: 7.5 }]]);
    expect(await explained(false, null)).toEqual([false, [{ index: 1, score: 7.5 }]]);
  });

  it('names the first layer that computes NaN', async () => {
    const graph = smallCnn();
    const conv2 = graph.nodes.find(entry => entry.id === 'conv2')!;
    conv2.weights = {
      ...conv2.weights,
      bias: { ...weight('bias', [6], 1), read: () => new Float32Array(6).fill(NaN) }
    };
    conv2.attributes = { padding: 'same' };
    const { notices } = await (await engineOf(graph)).run(request(image()));
    expect(notices.map(english)).toEqual([expect.stringContaining('first in the output of the layer conv2')]);
  });
});
