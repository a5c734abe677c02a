/** Files made to exhaust: each ends soon, in a sentence. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { ModelError } from '../graph/model-graph';
import { readModel } from './index';

// Some are large, and other work may go on beside.
vi.setConfig({ testTimeout: 60_000 });

const packed = (config: string | object): Uint8Array =>
  zipSync({ 'config.json': strToU8(typeof config === 'string' ? config : JSON.stringify(config)) }, { level: 6 });

async function reasonFor(bytes: Uint8Array): Promise<string> {
  const error: unknown = await readModel(bytes, 'm.keras', async () => new Uint8Array()).then(
    () => 'it was read',
    (thrown: unknown) => thrown
  );
  expect(error).toBeInstanceOf(ModelError);
  return (error as ModelError).message;
}

describe('a description that nests', () => {
  it.each([
    ['lists', '['.repeat(5e6) + ']'.repeat(5e6)],
    ['objects', '{"a":'.repeat(2e6) + '1' + '}'.repeat(2e6)],
    ['lists without an end', '['.repeat(5e6)]
  ])('%s is refused before it is parsed', async (_what, config) => {
    const bytes = packed(config);
    expect(bytes.length).toBeLessThan(50_000);
    expect(await reasonFor(bytes)).toBe(
      'm.keras is no model that Keras could have written: its description nests lists more than 512 deep.'
    );
  });

  it('no deeper than allowed is read', async () => {
    expect(await reasonFor(packed('['.repeat(500) + ']'.repeat(500)))).toContain('its configuration has no class name');
  });

  it('is not mistaken in what strings hold', async () => {
    const text = JSON.stringify({ a: '[{"\\'.repeat(1000), b: ['\\\\'] });
    expect(await reasonFor(packed(text))).toContain('its configuration has no class name');
  });
});

describe('a description that is long', () => {
  it('in its values is refused before it is parsed', async () => {
    expect(await reasonFor(packed(`[${'[],'.repeat(10_000_001)}0]`))).toContain('holds more than 10 million values');
  });

  it('in bytes is refused before it is unpacked', async () => {
    const bytes = packed('{}');
    // The sizes that the directory claims: packed, as it is said to be, and unpacked.
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bytes.buffer).setUint32(at + 24, 200 * 2 ** 20, true);
    expect(await reasonFor(bytes)).toBe(
      'm.keras is no model that GradLens can read: config.json in it takes 200 MB unpacked, more than 128.'
    );
  });

  it('in one string, with numbers that only Python writes, is read', async () => {
    expect(await reasonFor(packed(`{"a": "${'NaN\\"'.repeat(4e6)}", "b": [NaN, -Infinity]}`))).toContain(
      'its configuration has no class name'
    );
  });
});

const tensor = (layer: string): object => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4], dtype: 'float32', keras_history: [layer, 0, 0] }
});
const input = {
  class_name: 'InputLayer',
  name: 'in',
  config: { name: 'in', batch_shape: [null, 4] },
  inbound_nodes: []
};
const activation = (name: string, ...after: string[]): object => ({
  class_name: 'Activation',
  name,
  config: { name, trainable: true, activation: 'relu' },
  inbound_nodes: after.map(before => ({ args: [tensor(before)], kwargs: {} }))
});
const model = (layers: object[], output: string): object => ({
  class_name: 'Functional',
  name: 'model',
  config: { name: 'model', layers, input_layers: [['in', 0, 0]], output_layers: [[output, 0, 0]] }
});

/** As TensorFlow.js describes it, without weights. */
const described = (topology: object): Uint8Array =>
  strToU8(JSON.stringify({ modelTopology: topology, weightsManifest: [{ paths: [], weights: [] }] }));

describe('a model whose calls multiply', () => {
  /** Models inside each other, each called twice. */
  const nested = (levels: number): object => {
    let inner: object = activation('leaf', 'in');
    for (let level = 0; level < levels; level++) {
      const name = `m${level}`;
      const calls = [0, 1].map(() => ({ args: [tensor('in')], kwargs: {} }));
      const inside = level === 0 ? 'leaf' : `m${level - 1}`;
      inner = { ...model([input, inner], inside), name, inbound_nodes: calls };
    }
    return model([input, inner], `m${levels - 1}`);
  };

  it('is refused, however small', async () => {
    const bytes = described(nested(30));
    expect(bytes.length).toBeLessThan(35_000);
    expect(await reasonFor(bytes)).toContain('calls the models inside it more than 20000 times in all');
  });

  it('in a row, from the last to the first, is followed to its end', async () => {
    const row = Array.from({ length: 10_000 }, (_, i) => activation(`a${i}`, i ? `a${i - 1}` : 'in'));
    const graph = await readModel(
      described(model([...row.reverse(), input], 'a9999')),
      'model.json',
      async () => new Uint8Array()
    );
    expect(graph.nodes.map(({ id }) => id).slice(-1)).toEqual(['a9999']);
    expect(graph.unsupported).toEqual([]);
  });

  it('in a circle is refused, however long', async () => {
    const row = Array.from({ length: 10_000 }, (_, i) => activation(`a${i}`, `a${(i + 1) % 10_000}`));
    expect(await reasonFor(described(model([input, ...row], 'a0')))).toContain('depends on itself');
  });
});
