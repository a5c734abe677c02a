/** Files opened by mistake end in one readable sentence each, and never in another kind of error. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../graph/model-graph';
import { english } from '../messages/message';
import { ZipArchive } from './containers/zip';
import { readModel } from './index';
import { bytesOf } from './testing/reader-data';

const PLAIN_H5 = bytesOf('plain.keras3.h5');
const PLAIN_KERAS = bytesOf('plain.keras3.keras');

async function reasonFor(bytes: Uint8Array, name: string): Promise<string> {
  try {
    (await readModel(bytes, name)).dispose();
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return (error as ModelError).message;
  }
  throw new Error(`${name} was read`);
}

describe('readModel refuses', () => {
  it.each<[string, string | number[], string]>([
    ['an empty file', '', 'model.h5 is empty.'],
    [
      'text',
      'epoch,loss\n1,0.5\n',
      'model.h5 is not a Keras model: it starts like a text file. Give a file saved by model.save("model.keras") or model.save("model.h5").'
    ],
    ['a web page', '<!DOCTYPE html><html>404</html>', 'it is a web page'],
    ['JSON', '{"a": 1}', 'it is JSON, but not a TensorFlow.js layers model; the weights are missing.'],
    [
      'an architecture',
      '{"module": "keras", "class_name": "Sequential", "config": {}}',
      'without its weights; in a notebook, gradlens.show("model.json", …, weights="model.weights.h5") takes both.'
    ],
    [
      'an index of shards',
      '{"metadata": {"total_size": 8}, "weight_map": {"/vars": "m_00000.weights.h5"}}',
      "it is the index of a Keras model's weights, without its layers"
    ],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid', 'it is a Git LFS pointer'],
    ['gzip', [0x1f, 0x8b, 8, 0, 0], 'packed by gzip'],
    ['a pickle', [0x80, 4, 0x95, 0, 0], 'it is a Python pickle'],
    ['ONNX', [0x08, 0x07, 0x12, 0x07, 0], 'it looks like an ONNX model'],
    ['TensorFlow Lite', [0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33], 'it is a TensorFlow Lite model'],
    ['a NumPy array', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0], 'it is a NumPy array'],
    ['random bytes', [1, 2, 3, 0, 200], 'of no format that GradLens knows']
  ])('%s', async (_what, content, expected) => {
    const bytes = typeof content === 'string' ? strToU8(content) : Uint8Array.from(content);
    expect(await reasonFor(bytes, 'model.h5')).toContain(expected);
  });

  it.each([
    [
      'a zipped SavedModel',
      ['my/saved_model.pb', 'my/variables/variables.index'],
      'it is a zipped TensorFlow SavedModel'
    ],
    ['a PyTorch checkpoint', ['archive/data.pkl'], 'it is a PyTorch checkpoint'],
    ['a packed model', ['model.h5'], 'has to be unpacked first'],
    ['any other zip', ['a.txt'], 'a zip archive without a config.json']
  ])('%s', async (_what, names, expected) => {
    const bytes = zipSync(Object.fromEntries(names.map(name => [name, strToU8('x')])));
    expect(await reasonFor(bytes, 'model.keras')).toContain(expected);
  });

  it('HDF5 cut short, with both lengths', async () => {
    expect(await reasonFor(PLAIN_H5.slice(0, 5000), 'model.h5')).toBe(
      `model.h5 is cut short: it says that it has ${PLAIN_H5.length} bytes, but there are only 5000. Copy or download it again, or save the model again.`
    );
  });

  it('an archive cut short', async () => {
    expect(await reasonFor(PLAIN_KERAS.slice(0, PLAIN_KERAS.length - 400), 'model.keras')).toContain(
      'model.keras is cut short'
    );
  });

  it.each(['only.weights.h5', 'only.keras2.h5'])('%s, which holds weights only', async name => {
    expect(await reasonFor(bytesOf(name), name)).toBe(
      `The file ${name} holds weights only, and no layers (no model_config). Write the layers to a file with model.to_json() and give both, gradlens.show("model.json", …, weights="${name}"), or save the whole with model.save().`
    );
  });

  it.each(['plain.keras3.h5', 'plain.keras2.h5', 'plain.keras3.keras', 'plain.keras2.keras'])(
    'two layers of one name in %s',
    async name => {
      const renamed = (bytes: Uint8Array) =>
        Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('pool_b', 'pool_a'), 'latin1'));
      const bytes = bytesOf(name);
      const config = name.endsWith('.keras') ? unzipSync(bytes)['config.json'] : null;
      const file = config ? zipSync({ ...unzipSync(bytes), 'config.json': renamed(config) }) : renamed(bytes);
      expect(await reasonFor(file, name)).toBe(
        `${name} has two layers of the name “pool_a” in one model, so that what reads the one and what the other is not known. Give each a name of its own, and save the model again.`
      );
    }
  );

  it('HDF5 of something else', async () => {
    expect(await reasonFor(bytesOf('not_keras.h5'), 'data.h5')).toContain(
      'data.h5 is an HDF5 file, but not one by Keras'
    );
  });

  it('subclassed models', async () => {
    expect(await reasonFor(bytesOf('subclassed.keras'), 'm.keras')).toContain(
      'm.keras holds a model of the class Subclassed, whose layers exist only as Python code.'
    );
  });

  it('an archive without weights', async () => {
    const config = strToU8(
      '{"class_name": "Sequential", "config": {"layers": [{"class_name": "Flatten", "config": {"name": "f", "batch_input_shape": [null, 2]}}]}}'
    );
    const reasonOf = (parts: Record<string, Uint8Array>) =>
      reasonFor(zipSync({ 'config.json': config, ...parts }), 'm.keras');
    expect(await reasonOf({})).toContain('no weights (model.weights.h5)');
    const index = strToU8('{"weight_map": {"/layers/flatten/vars": ["model_00000.weights.h5"]}}');
    expect(await reasonOf({ 'model.weights.json': index })).toContain('no weights (model_00000.weights.h5)');
    expect(await reasonOf({ 'model.weights.json': strToU8('{') })).toContain('damaged: model.weights.json in it');
  });
});

describe('readModel opens', () => {
  it.each(['with_lambda.keras', 'with_lambda.h5'])('%s up to the Lambda', async name => {
    const graph = await readModel(bytesOf(name), name);
    expect(graph.unsupported).toMatchObject([{ node: 'double', op: 'Lambda' }]);
    expect(english(graph.unsupported[0].reason)).toBe(
      'The layer double is a Lambda, which holds Python code that GradLens does not run. Name a layer that does the same, such as layers={"double": {"class": "Rescaling", "scale": 1/255}} for t / 255. If it changes nothing, or you give the values that come behind it as the picture, say layers={"double": "identity"}. The feature maps of the layers before it can still be seen.'
    );
    expect(graph.nodes.map(node => node.outputShape)).toEqual([
      [null, 8, 8, 3],
      [null, 6, 6, 2],
      [null, 6, 6, 2],
      [null, 4, 4, 2]
    ]);
    graph.dispose();
  });

  it('custom classes and functions, naming them', async () => {
    const graph = await readModel(bytesOf('custom.keras'), 'custom.keras');
    expect(graph.unsupported.map(({ node }) => node)).toEqual(['conv', 'mine']);
    expect(english(graph.unsupported[1].reason)).toContain('The layer mine (Mine) is of a class of your own');
    graph.dispose();
  });

  it('packed archives, whose entries are deflated', async () => {
    const archive = zipSync(
      { 'config.json': entry('config.json'), 'model.weights.h5': entry('model.weights.h5') },
      { level: 6 }
    );
    const [packed, stored] = [await readModel(archive, 'packed.keras'), await readModel(PLAIN_KERAS, 'plain.keras')];
    const kernel = (graph: typeof packed) => graph.nodes.find(node => node.id === 'conv_a')?.weights.kernel.read();
    expect(kernel(packed)).toEqual(kernel(stored));
    expect(kernel(packed)?.length).toBe(3 * 3 * 3 * 8);
    packed.dispose();
    stored.dispose();
  });

  it.each(['config.json', 'metadata.json', 'model.weights.h5'])(
    'no archive whose %s has another checksum',
    async name => {
      const archive = PLAIN_KERAS.slice();
      // The last byte of each, which no reader would miss: a space of JSON, a number of a weight.
      const { byteOffset, length } = new ZipArchive(archive, 'plain.keras').read(name);
      archive[byteOffset + length - 1] ^= 1;
      expect(await reasonFor(archive, 'plain.keras')).toBe(
        `plain.keras is damaged: ${name} in it cannot be read. Save or download it again.`
      );
    }
  );

  it('weights only until the model is disposed of', async () => {
    const graph = await readModel(PLAIN_H5.slice(), 'plain.h5');
    const { kernel } = graph.nodes[1].weights;
    graph.dispose();
    graph.dispose();
    expect(() => kernel.read()).toThrow('The weight conv_a/kernel cannot be read any more: plain.h5 was closed.');
  });
});

function entry(name: string): Uint8Array {
  return new ZipArchive(PLAIN_KERAS, 'plain.keras').read(name);
}
