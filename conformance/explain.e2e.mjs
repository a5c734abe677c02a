/**
 * `npm run explain` as a user runs it, beside Keras. Needs the data that
 * conformance/models/reference.py writes and the build; npm test makes both first.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeNpy } from '../headless/npy.mjs';
import { kerasBin } from '../scripts/setup.mjs';
import { cosine, LIMITS, relativeError } from './compare/compare.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const script = join(here, '../scripts/explain.mjs');
const nested = join(here, 'data/nested-keras3.keras');
const shared = join(here, 'data/shared-keras3.keras');
let out;

before(async () => {
  for (const folder of [nested, shared]) {
    assert.ok(
      existsSync(join(folder, 'manifest.json')),
      `${folder} is missing: run conformance/models/reference.py --subset.`
    );
  }
  out = await mkdtemp(join(tmpdir(), 'gradlens-explain-'));
});

after(() => rm(out, { recursive: true }));

/** Runs the command in the folder `cwd`, as npm does for a user who called it there. */
function explain(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: dirname(here),
    env: { ...process.env, INIT_CWD: cwd },
    encoding: 'utf8'
  });
  return { status, stdout, stderr };
}

const load = async (folder, file) => decodeNpy(await readFile(join(folder, file)), file);

test('writes what Keras computes, nested layers and loose names included', async () => {
  const layers = 'body_block_conv,last';
  const args = [
    '--model',
    'model.keras',
    '--input',
    'input.npy',
    '--layer',
    layers,
    '--backend',
    'wasm',
    '--out',
    join(out, 'nested')
  ];
  const { status, stderr } = explain(nested, ...args);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /Layer “body_block_conv” was read as “body\/block\/conv”\./);
  assert.deepEqual((await readdir(join(out, 'nested'))).sort(), [
    'body__block__conv.activation.npy',
    'body__block__conv.grad-cam.npy',
    'body__block__conv.gradient.npy',
    'last.activation.npy',
    'last.grad-cam.npy',
    'last.gradient.npy',
    'result.json'
  ]);
  for (const layer of ['body__block__conv', 'last']) {
    const [activation, gradient, map] = await Promise.all(
      ['activation', 'gradient', 'grad-cam'].map(kind => load(join(out, 'nested'), `${layer}.${kind}.npy`))
    );
    const expected = await load(nested, `${layer}.activation.npy`);
    assert.deepEqual(activation.shape, expected.shape);
    assert.ok(relativeError(activation.data, expected.data) <= LIMITS.relative);
    assert.ok(cosine(gradient.data, (await load(nested, `${layer}.logit.gradient.npy`)).data) >= LIMITS.cosine);
    assert.ok(cosine(map.data, (await load(nested, `${layer}.logit.grad-cam.npy`)).data) >= LIMITS.cosine);
  }
  const result = JSON.parse(await readFile(join(out, 'nested/result.json'), 'utf8'));
  const manifest = JSON.parse(await readFile(join(nested, 'manifest.json'), 'utf8'));
  assert.equal(result.backend, 'wasm');
  assert.deepEqual(
    result.targets.map(target => target.index),
    manifest.targets
  );
  for (const phase of ['read', 'parse', 'upload', 'forward', 'backward', 'explain']) {
    assert.ok(result.milliseconds[phase] >= 0, phase);
  }
  const [output] = Object.values(result.outputs);
  assert.ok(
    relativeError(Float32Array.from(output.values), (await load(nested, 'output.npy')).data) <= LIMITS.relative
  );
});

test('takes several inputs by name', async () => {
  const inputs = ['--input', 'first=input0.npy', '--input', 'second=input1.npy'];
  const args = [
    '--model',
    'model.keras',
    ...inputs,
    '--layer',
    'last',
    '--score',
    'probability',
    '--out',
    join(out, 'shared')
  ];
  const { status, stderr } = explain(shared, ...args);
  assert.equal(status, 0, stderr);
  const map = await load(join(out, 'shared'), 'last.grad-cam.npy');
  assert.ok(cosine(map.data, (await load(shared, 'last.probability.grad-cam.npy')).data) >= LIMITS.cosine);
});

test('draws as other libraries do, and explains the input', async () => {
  const common = [
    '--model',
    'model.keras',
    '--input',
    'input.npy',
    '--layer',
    'last',
    '--backend',
    'wasm',
    '--out',
    join(out, 'methods')
  ];
  const { status, stderr } = explain(nested, ...common, '--convention', 'keras-io');
  assert.equal(status, 0, stderr);
  const map = await load(join(out, 'methods'), 'last.grad-cam.keras-io.npy');
  const raw = await load(nested, 'last.logit.grad-cam.npy');
  const cells = raw.shape[1] * raw.shape[2];
  for (let sample = 0; sample < raw.shape[0]; sample++) {
    const part = raw.data.slice(sample * cells, (sample + 1) * cells);
    const highest = Math.max(...part);
    assert.ok(
      relativeError(
        map.data.slice(sample * cells, (sample + 1) * cells),
        part.map(value => value / highest)
      ) <= 1e-4
    );
  }
  const second = explain(nested, ...common, '--method', 'integrated-gradients', '--set', 'steps=4', '--target', '1-0');
  assert.equal(second.status, 0, second.stderr);
  assert.match(second.stderr, /completeness error/);
  const { shape } = await load(join(out, 'methods'), 'last.integrated-gradients.npy');
  assert.deepEqual(shape, (await load(nested, 'input.npy')).shape.slice(0, 3));
  const result = JSON.parse(await readFile(join(out, 'methods/result.json'), 'utf8'));
  assert.equal(result.completeness.length, shape[0]);
});

/** Runs tf_keras on the model of which conformance/readers wrote a TensorFlow.js copy. */
const PREDICT = `
import sys, numpy as np, tf_keras
model = tf_keras.models.load_model(sys.argv[1], compile=False)
picture = np.random.default_rng(3).normal(0, 1, (1, *model.input_shape[1:])).astype("float32")
np.save(sys.argv[2], picture)
np.save(sys.argv[3], model.predict(picture, verbose=0))
`;

test('reads a TensorFlow.js model with its weights beside it', async () => {
  const [input, expected] = [join(out, 'tfjs.npy'), join(out, 'tfjs-output.npy')];
  const python = spawnSync(
    kerasBin('python'),
    ['-c', PREDICT, join(here, 'data/readers/plain.keras2.h5'), input, expected],
    { encoding: 'utf8' }
  );
  assert.equal(python.status, 0, python.stderr);
  const { status, stderr } = explain(
    join(here, 'data/readers/tfjs/plain.plain'),
    '--model',
    'model.json',
    '--input',
    input,
    '--backend',
    'wasm',
    '--check',
    'curves={"convention":"torch-cam","steps":3}',
    '--check',
    'randomisation',
    '--out',
    join(out, 'tfjs')
  );
  assert.equal(status, 0, stderr);
  const { outputs, targets, trust } = JSON.parse(await readFile(join(out, 'tfjs/result.json'), 'utf8'));
  const [output] = Object.values(outputs);
  assert.ok(
    relativeError(Float32Array.from(output.values), (await load(out, 'tfjs-output.npy')).data) <= LIMITS.relative
  );
  // Nothing taken away, and all put back: what Keras predicts.
  const [{ map }, { stages }] = trust;
  const predicted = (await load(out, 'tfjs-output.npy')).data[targets[0].index];
  for (const score of [map.deletion.scores[0], map.insertion.scores.at(-1)]) {
    assert.ok(Math.abs(score - predicted) <= LIMITS.relative * Math.abs(predicted));
  }
  assert.ok(stages.length > 0 && stages.every(({ layers }) => layers.length > 0));
  await writeFile(join(out, 'model.json'), await readFile(join(here, 'data/readers/tfjs/plain.plain/model.json')));
  const alone = explain(out, '--model', 'model.json', '--input', input, '--out', join(out, 'alone'));
  assert.notEqual(alone.status, 0);
  assert.match(
    alone.stderr,
    /^explain: model\.json keeps its weights in group1-shard1of2\.bin, which cannot be read beside it: There is no file group1-shard1of2\.bin there\.\n$/
  );
});

test('says in one sentence what is wrong', async () => {
  await writeFile(join(out, 'text.h5'), 'no model');
  await writeFile(join(out, 'text.npy'), 'no array');
  const model = ['--model', join(nested, 'model.keras')];
  const input = ['--input', join(nested, 'input.npy')];
  const target = ['--out', join(out, 'x')];
  /** @type {[string[], RegExp][]} */
  const misuses = [
    [[...model, ...target], /--input is missing/],
    [[...model, '--input', 'absent.npy', ...target], /There is no file absent\.npy/],
    [['--model', 'absent.h5', ...input, ...target], /There is no file absent\.h5/],
    [['--model', out, ...input, ...target], /is a folder/],
    [[...model, '--input', 'text.npy', ...target], /text\.npy is not a \.npy file/],
    [['--model', 'text.h5', ...input, ...target], /text\.h5/],
    [[...model, ...input, ...target, '--layer', 'lst'], /no layer “lst”: did you mean “last”/],
    [[...model, ...input, ...target, '--target', '6'], /6/],
    [[...model, ...input, ...target, '--method', 'cam'], /--method is “cam”, but takes grad-cam/],
    [[...model, '--input', join(shared, 'input0.npy'), ...target], /\(2, 20, 20, 3\).*32/],
    [[...model, ...input, '--out', 'text.npy'], /text\.npy/]
  ];
  for (const [args, message] of misuses) {
    const { status, stdout, stderr } = explain(out, ...args);
    const line = args.join(' ');
    assert.notEqual(status, 0, line);
    assert.equal(stdout, '', line);
    assert.match(stderr, message, line);
    assert.match(stderr, /^explain: [^\n]*\n$/, line);
  }
});
