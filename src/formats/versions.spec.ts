/**
 * One small model as each version of Keras wrote it, in each form: it is read, runs, and gives that version's numbers.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { type Zippable, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../engine/testing/backends';
import { decode, relativeError, type StoredTensor } from '../engine/testing/numbers';
import { runGraph } from '../engine/testing/run-graph';
import { english } from '../messages/message';
import { ZipArchive } from './containers/zip';
import { readModel } from './index';

const FOLDER = 'conformance/versions';
const LIMIT = 1e-5;
/** The first Keras 3 that writes layers in layers as `.h5`. */
const NESTED_H5: [number, number] = [3, 3];

interface Writer {
  name: string;
  series: string;
  keras: string;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const writers = JSON.parse(readFileSync(`${FOLDER}/manifest.json`, 'utf8')) as Writer[];
const archives = new Map(
  [...new Set(writers.map(({ series }) => series))].map(series => [
    series,
    new ZipArchive(new Uint8Array(brotliDecompressSync(readFileSync(`${FOLDER}/${series}.zip.br`))), series)
  ])
);

/** The files that a version wrote, by name. */
function filesOf({ name, series }: Writer): Map<string, Uint8Array> {
  const archive = archives.get(series)!;
  const paths = archive.names.filter(path => path.startsWith(`${name}/`));
  // HDF5's reader keeps the bytes, so each file has its own.
  return new Map(paths.map(path => [path.slice(name.length + 1), archive.read(path).slice()]));
}

interface Form {
  form: string;
  bytes: Uint8Array;
  /** The model's output, as that version computed it. */
  numbers: { input: StoredTensor; output: StoredTensor };
}

/** The forms of the model among files. Parts are packed as gradlens.show() does it. */
function formsOf(files: Map<string, Uint8Array>): Form[] {
  const numbersOf = (stem: string) => JSON.parse(textOf(files.get(`${stem}.numbers.json`)!)) as Form['numbers'];
  const whole = (name: string): Form[] => {
    const bytes = files.get(name);
    return bytes ? [{ form: name, bytes, numbers: numbersOf(name.split('.')[0]) }] : [];
  };
  const packed = (with_: string, parts: Record<string, Uint8Array | undefined>): Form[] =>
    Object.values(parts).every(part => part !== undefined)
      ? [
          {
            form: `model.json and ${with_}`,
            bytes: zipSync({ 'config.json': files.get('model.json')!, ...parts } as Zippable, { level: 0 }),
            numbers: numbersOf('model')
          }
        ]
      : [];
  const shards = [...files].filter(([name]) => /^shards_\d+\.weights\.h5$/.test(name));
  return [
    ...['model.h5', 'plain.h5', 'raw.h5', 'model.keras'].flatMap(whole),
    ...['legacy.h5', 'model.weights.h5', 'model.h5'].flatMap(name =>
      packed(name, { 'model.weights.h5': files.get(name) })
    ),
    ...packed('shards', { 'model.weights.json': files.get('shards.weights.json'), ...Object.fromEntries(shards) })
  ];
}

/** By the version: what it writes. */
function formsBy({ name, keras }: Writer): string[] {
  const [major, minor] = keras.split('.').map(Number);
  const is = (from: [number, number], to = [4, 0]) =>
    (major > from[0] || (major === from[0] && minor >= from[1])) &&
    (major < to[0] || (major === to[0] && minor < to[1]));
  // Keras 3 could not write layers in layers as `.h5` at first.
  const asH5 = is([3, 0], NESTED_H5) ? 'plain.h5' : 'model.h5';
  return [
    asH5,
    // Many operators as nodes of TensorFlow's graph, by the last version that writes them so.
    ...(name.startsWith('tensorflow-2.3.') ? ['raw.h5'] : []),
    ...(is([2, 12]) ? ['model.keras'] : []),
    ...(is([2, 0], [3, 0]) ? ['model.json and legacy.h5'] : []),
    ...(is([2, 12]) ? ['model.json and model.weights.h5'] : []),
    ...(asH5 === 'model.h5' ? ['model.json and model.h5'] : []),
    ...(is([3, 10]) ? ['model.json and shards'] : [])
  ];
}

beforeAll(() => useBackend('cpu'));

describe.each(writers)('$name', writer => {
  const forms = formsOf(filesOf(writer));

  it('comes in each form that this version writes', () => {
    expect(forms.map(({ form }) => form)).toEqual(formsBy(writer));
  });

  it.each(forms)('$form', { timeout: 30_000 }, async ({ form, bytes, numbers }) => {
    const graph = await readModel(bytes, form);
    try {
      expect(graph.unsupported.map(({ reason }) => english(reason))).toEqual([]);
      // Keras 3 says its version neither in an architecture nor beside weights.
      const isKnown = writer.keras.startsWith('2.') || !form.includes(' and ') || form.endsWith(' model.h5');
      expect(graph.kerasVersion).toBe(isKnown ? writer.keras : null);
      const { output } = await runGraph(graph, [numbers.input], numbers.output);
      expect(output.shape).toEqual(numbers.output.shape);
      expect(relativeError(output.data, decode(numbers.output))).toBeLessThan(LIMIT);
    } finally {
      graph.dispose();
    }
  });
});
