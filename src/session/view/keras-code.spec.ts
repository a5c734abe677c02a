/** The copied cells, run by Keras on TensorFlow, beside what Keras itself says of models that were built otherwise. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AscentParams } from '../../engine/protocol/ascent';
import type { ChannelsOff } from '../../engine/protocol/channels';
import { decode, type StoredTensor } from '../../engine/testing/numbers';
import { readReference } from '../../engine/testing/references';
import type { Target } from '../../explain/names';
import { picture } from '../../explain/testing/network';
import type { PayloadImage } from '../../mime/payload';
import { ascentCode, type Grown } from './ascent-code';
import type { KerasCell } from './keras-cell';
import { withoutCode } from './without-code';

interface Channels {
  pictures: StoredTensor;
  models: Record<
    string,
    { file: string; whole: { output: StoredTensor }; cuts: { off: ChannelsOff[]; output: StoredTensor }[] }
  >;
}
interface Ascents {
  settings: AscentParams;
  cases: { target: Target; pictures: StoredTensor; scores: number[][] }[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const python = `${root}.venv-keras/bin/python`;
const data = join(root, 'conformance/data/explain');
const channels = readReference<Channels>(join(data, 'channels.json'), 'conformance/explain/channels.py');
const ascents = readReference<Ascents>(join(data, 'ascent.json'), 'conformance/explain/ascent.py');

let folder = '';
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'gradlens-keras-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs cells, each by itself, and gives what an expression is behind each. */
async function run(cells: { before: string; cell: string; then: string }[]): Promise<unknown[]> {
  const script = [
    'import contextlib, io, json, sys',
    'for one in json.load(sys.stdin):',
    '    scope = {}',
    '    with contextlib.redirect_stdout(io.StringIO()):',
    '        exec(one["before"], scope)',
    '        exec(one["cell"], scope)',
    '    print("=" + json.dumps(eval(one["then"], scope)))'
  ].join('\n');
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1' };
  const child = spawn(python, ['-c', script], { cwd: folder, env });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  child.stdin.end(JSON.stringify(cells));
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  expect(status, error).toBe(0);
  return out
    .split('\n')
    .filter(line => line.startsWith('='))
    .map(line => JSON.parse(line.slice(1)) as unknown);
}

const cellOf = (name: string, more: Partial<KerasCell['payload']> = {}): KerasCell => ({
  payload: {
    model: { path: name, name },
    images: [{ name: 'image 1', picture: '', tensor: { dtype: 'float32', shape: [16, 20, 3], data: '' } }],
    preprocess: null,
    interpolation: 'bilinear',
    ...more
  },
  model: {
    kerasVersion: name.endsWith('.h5') ? '2.15.0' : '3.10.0',
    inputs: [{ name: 'image', shape: [null, 16, 20, 3] }]
  },
  image: 0,
  picture: { height: 16, width: 20 },
  input: { height: 16, width: 20 }
});

const flat = (values: unknown): number[] => (Array.isArray(values) ? values.flatMap(flat) : [Number(values)]);
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

describe('a cell that switches channels off', () => {
  it('gives the scores that Keras gives of a model built without them', async () => {
    const [, height, width, depth] = channels.pictures.shape;
    const pixels = decode(channels.pictures).slice(0, height * width * depth);
    writeFileSync(join(folder, 'pixels.json'), JSON.stringify(Array.from(pixels)));
    const image = `import json, numpy as np\nimage = np.float32(json.load(open("pixels.json"))).reshape(${height}, ${width}, ${depth})`;
    const cases = Object.entries(channels.models).flatMap(([name, { file, whole, cuts }]) => {
      writeFileSync(join(folder, name), Buffer.from(file, 'base64'));
      // A cell says once what takes the place of all channels that are off.
      return cuts
        .filter(({ off }) => new Set(off.map(({ by }) => by)).size === 1)
        .map(({ off, output }) => ({ name, whole, off, output }));
    });
    const found = (await run(
      cases.map(({ name, off }) => ({
        before: image,
        cell: withoutCode(
          cellOf(name),
          { channelsOff: Object.fromEntries(off.map(one => [one.layer, one.channels])), offBy: off[0].by },
          0,
          1
        ),
        then: '[before.tolist(), after.tolist()]'
      }))
    )) as [number[], number[]][];
    expect(found).toHaveLength(cases.length);
    const classes = (of: StoredTensor): Float32Array => decode(of).slice(0, of.shape[1]);
    let moved = 0;
    cases.forEach(({ name, whole, output, off }, i) => {
      const about = `${name} ${JSON.stringify(off)}`;
      expect(farthest(found[i][0], classes(whole.output)), about).toBeLessThan(1e-5);
      expect(farthest(found[i][1], classes(output)), about).toBeLessThan(1e-5);
      moved += farthest(found[i][0], found[i][1]) > 1e-3 ? 1 : 0;
    });
    expect(moved).toBeGreaterThan(cases.length / 2);
  }, 600_000);

  it('loads and prepares a picture as the view does, and finds layers inside models', async () => {
    const image: PayloadImage = { name: 'p.png', path: 'p.png', picture: '' };
    const cell = {
      ...cellOf('nested.keras', { images: [image], preprocess: 'caffe' }),
      picture: { height: 10, width: 12 }
    };
    const code = withoutCode(cell, { channelsOff: { 'backbone/conv': [1] }, offBy: 'zero' }, 1, 2);
    const before = [
      'import keras, numpy as np',
      'from PIL import Image',
      'keras.utils.set_random_seed(1)',
      'pixels = np.arange(360).reshape(10, 12, 3).astype("uint8")',
      'Image.fromarray(pixels).save("p.png")',
      'inside = keras.Sequential([keras.Input((16, 20, 3)), keras.layers.Conv2D(4, 3, name="conv")], name="backbone")',
      'image = keras.Input((16, 20, 3))',
      'y = keras.layers.GlobalAveragePooling2D()(inside(image))',
      'keras.Model(image, [keras.layers.Dense(2)(y), keras.layers.Dense(3, use_bias=False)(y)]).save("nested.keras")'
    ].join('\n');
    const then =
      '[x.tolist(), before.tolist(), after.tolist(), (y := keras.Model(model.inputs, model.layers[-3].output)(x).numpy()[0].tolist())' +
      ', (np.float32(y) @ model.layers[-1].get_weights()[0]).tolist(), pixels.tolist()]';
    const [[x, , after, pooled, expected, pixels]] = (await run([{ before, cell: code, then }])) as number[][][];
    // Of the patched model: what is pooled of the channel that is off.
    expect(pooled[1]).toBe(0);
    expect(farthest(after, expected)).toBeLessThan(1e-5);
    expect(flat(x)).toHaveLength(16 * 20 * 3);
    // The first pixel is the first of the picture, blue first, less the means of Caffe's models.
    const [r, g, b] = flat(pixels);
    expect(farthest(flat(x).slice(0, 3), [b - 103.939, g - 116.779, r - 123.68])).toBeLessThan(1e-4);
  }, 600_000);
});

it('a cell that grows pictures grows those that an independent twin of the method grows', async () => {
  const build = [
    'import sys',
    `sys.path[:0] = [${JSON.stringify(join(root, 'conformance/explain'))}, ${JSON.stringify(join(root, 'conformance/ops'))}]`,
    'from generate import build',
    'build().save("network.keras")'
  ].join('\n');
  const { settings, cases } = ascents;
  const size = 16 * 20 * 3;
  const given = picture().data.slice(0, size);
  const [low, high] = [Math.min(...given), Math.max(...given)];
  const cells = cases.map(({ target }) => {
    const of: Grown =
      typeof target === 'number'
        ? { outputLayer: 'dense', index: target, isActivationLayer: false }
        : { ...(target as { layer: string; channel: number }), isActivationLayer: false };
    const found = {
      asked: settings,
      range: { low: [low, low, low], high: [high, high, high] },
      pictures: { shape: [2, 16, 20, 3], data: new Float32Array() },
      isBeforeActivation: true,
      done: settings.steps,
      scores: new Float64Array(),
      given: 0
    };
    return { before: build, cell: ascentCode(cellOf('network.keras'), of, found), then: '[pictures.tolist(), scores]' };
  });
  const found = (await run(cells)) as [unknown, number[]][];
  cases.forEach(({ target, pictures, scores }, i) => {
    const all = decode(pictures);
    const grown = flat(found[i][0]);
    settings.seeds.forEach((_, seed) => {
      const last = ((seed + 1) * (settings.steps + 1) - 1) * size;
      expect(
        farthest(grown.slice(seed * size, (seed + 1) * size), all.slice(last, last + size)),
        JSON.stringify(target)
      ).toBeLessThan(1e-4);
      expect(Math.abs(found[i][1][seed] - scores[seed].at(-1)!)).toBeLessThan(1e-4);
    });
  });
}, 600_000);
