/** TensorFlow.js layers models against the same Keras models as `.h5`. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ModelError, type ModelGraph } from '../../graph/model-graph';
import { readModel } from '../index';
import { bytesOf } from '../testing/reader-data';

const FOLDER = 'conformance/data/readers/tfjs';

const siblingsOf = (folder: string) => async (path: string) =>
  new Uint8Array(readFileSync(`${FOLDER}/${folder}/${path}`));
const modelOf = (folder: string) => new Uint8Array(readFileSync(`${FOLDER}/${folder}/model.json`));

const withoutWeights = (graph: ModelGraph) => graph.nodes.map(({ weights: _, ...node }) => node);

/** Largest difference of a weight from the original, over the original's range. */
function worst(graph: ModelGraph, original: ModelGraph): number {
  let result = 0;
  graph.nodes.forEach((node, i) => {
    expect(Object.keys(node.weights).sort()).toEqual(Object.keys(original.nodes[i].weights).sort());
    for (const [role, weight] of Object.entries(node.weights)) {
      const [values, truth] = [weight.read(), original.nodes[i].weights[role].read()];
      expect(weight.shape).toEqual(original.nodes[i].weights[role].shape);
      const range = Math.max(...truth) - Math.min(...truth) || 1;
      values.forEach((value, at) => (result = Math.max(result, Math.abs(value - truth[at]) / range)));
    }
  });
  return result;
}

describe.each(['plain', 'transfer'])('%s', name => {
  // Half a step of 1/255; half floats have 11 bits, of values up to 1 over a range of 0.1 at least.
  it.each([
    ['plain', 0],
    ['uint8', 0.5 / 255 + 1e-6],
    ['float16', 2 ** -12 / 0.1]
  ])('with weights stored as %s', async (stored, tolerance) => {
    const folder = `${name}.${stored}`;
    const graph = await readModel(modelOf(folder), 'model.json', siblingsOf(folder));
    const original = await readModel(bytesOf(`${name}.keras2.h5`), `${name}.h5`);
    expect(withoutWeights(graph)).toEqual(withoutWeights(original));
    expect(graph.unsupported).toEqual([]);
    expect([graph.format, graph.kerasVersion, graph.parameterCount]).toEqual([
      'tfjs-layers',
      '2.15.0',
      original.parameterCount
    ]);
    const error = worst(graph, original);
    expect(error).toBeLessThanOrEqual(tolerance);
    expect(error > 0).toBe(stored !== 'plain');
    original.dispose();
  });
});

describe('readModel refuses', () => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const give = siblingsOf('plain.plain');

  it.each<[string, unknown, typeof give | null, string]>([
    [
      'a graph model',
      { format: 'graph-model', modelTopology: { node: [] }, weightsManifest: [] },
      give,
      'm.json is a TensorFlow.js graph model'
    ],
    [
      'a model without weights',
      { modelTopology: { class_name: 'Sequential', config: [] } },
      give,
      'm.json names no weights'
    ],
    [
      'two layers of one name',
      JSON.parse(new TextDecoder().decode(modelOf('plain.plain')).replaceAll('pool_b', 'pool_a')),
      give,
      'm.json has two layers of the name “pool_a” in one model'
    ],
    ['other JSON', { a: 1 }, give, 'it is JSON, but not a TensorFlow.js layers model'],
    [
      'weights that cannot be fetched',
      JSON.parse(new TextDecoder().decode(modelOf('plain.plain'))),
      null,
      'm.json keeps its weights in files beside it (group1-shard1of2.bin'
    ],
    [
      'weights elsewhere',
      {
        modelTopology: {
          class_name: 'Sequential',
          config: [{ class_name: 'Flatten', config: { name: 'f', batch_input_shape: [null, 2] } }]
        },
        weightsManifest: [{ paths: ['../secret.bin'], weights: [] }]
      },
      give,
      'outside its own folder'
    ]
  ])('%s', async (_, json, sibling, message) => {
    await expect(readModel(text(json), 'm.json', sibling)).rejects.toThrow(message);
  });

  it('missing and short shards, naming them', async () => {
    const missing = readModel(modelOf('plain.plain'), 'm.json', () =>
      Promise.reject(new Error('There is no such file.'))
    );
    await expect(missing).rejects.toThrow(
      'm.json keeps its weights in group1-shard1of2.bin, which cannot be read beside it: There is no such file.'
    );
    const short = readModel(modelOf('plain.plain'), 'm.json', async path => (await give(path)).subarray(0, 100));
    await expect(short).rejects.toThrow(/cut short: group1-shard1of2.bin, group1-shard2of2.bin hold 200 bytes/);
    await expect(short).rejects.toBeInstanceOf(ModelError);
  });
});
