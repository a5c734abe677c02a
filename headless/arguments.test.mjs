import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneOf, readArguments, UsageError } from './arguments.mjs';

const read = line => readArguments(line.split(' ').filter(Boolean));
const needed = '--model m.h5 --input x.npy --out o';

test('defaults', () => {
  assert.deepEqual(read(needed), {
    help: false,
    model: 'm.h5',
    inputs: { '': 'x.npy' },
    out: 'o',
    layers: [],
    target: null,
    method: 'grad-cam',
    convention: null,
    settings: {},
    checks: [],
    standIns: {},
    score: 'logit',
    backend: 'auto'
  });
});

test('everything given', () => {
  const line =
    '--model m.keras --input a=x.npy --input=b=y.npy --out o --layer conv1/relu,last --layer first --target 3 --method grad-cam --convention captum --set steps=9 --set baseline=-0.5 --layers {"Drop":"identity"} --score probability --backend cpu';
  assert.deepEqual(read(line), {
    help: false,
    model: 'm.keras',
    inputs: { a: 'x.npy', b: 'y.npy' },
    out: 'o',
    layers: ['conv1/relu', 'last', 'first'],
    target: 3,
    method: 'grad-cam',
    convention: 'captum',
    settings: { steps: 9, baseline: -0.5 },
    checks: [],
    standIns: { Drop: 'identity' },
    score: 'probability',
    backend: 'cpu'
  });
});

test('checks of the map have defaults of their own', () => {
  const checks = (...texts) =>
    readArguments([...needed.split(' '), ...texts.flatMap(text => ['--check', text])]).checks;
  assert.deepEqual(checks('curves={"steps": 10}', 'randomisation'), [
    { kind: 'curves', steps: 10 },
    { kind: 'randomisation', order: 'cascading' }
  ]);
  assert.deepEqual(checks('randomisation={"order": "independent"}'), [{ kind: 'randomisation', order: 'independent' }]);
  assert.throws(() => checks('curvs'), { name: 'UsageError', message: /--check is “curvs”, but takes curves/ });
  assert.throws(() => checks('curves=[1]'), { name: 'UsageError', message: /write --check curves/ });
});

test('a class of 0 is a class', () => {
  assert.equal(read(`${needed} --target 0`).target, 0);
  assert.equal(read(`${needed} --target argmax`).target, null);
});

test('a target may be more than a class', () => {
  const target = text => readArguments([...needed.split(' '), '--target', text]).target;
  assert.deepEqual(target('3-5'), { class: 3, minus: 5 });
  assert.deepEqual(target('{"class": null, "negative": true}'), { class: null, negative: true });
  assert.deepEqual(target('{"layer": "a", "area": [0, 0, 1, 1]}'), { layer: 'a', channel: null, area: [0, 0, 1, 1] });
});

test('a path may hold an equals sign', () => {
  assert.deepEqual(read('--model m.h5 --out o --input ./lr=0.1/x.npy').inputs, { '': './lr=0.1/x.npy' });
});

test('a choice', () => {
  assert.equal(oneOf('method', 'a', ['a', 'b']), 'a');
  assert.throws(() => oneOf('method', 'c', ['a', 'b']), { message: '--method is “c”, but takes a or b.' });
});

test('help needs nothing else', () => {
  assert.deepEqual(read('--help'), { help: true });
});

test('every misuse is one sentence', () => {
  const misuses = {
    '': /^--model is missing/,
    '--model m.h5 --out o': /^--input is missing/,
    '--model m.h5 --input x.npy': /^--out is missing/,
    '--model': /^--model needs a value\.$/,
    [`${needed} --layr a`]: /no option --layr: did you mean --layer\?/,
    [`${needed} y.npy`]: /“y.npy” follows no option/,
    [`${needed} --target cat`]: /--target is “cat”/,
    [`${needed} --target -1`]: /--target/,
    [`${needed} --target 1.5`]: /--target is “1.5”/,
    [`${needed} --target {3}`]: /which is no JSON/,
    [`${needed} --target {}`]: /neither a class nor a layer/,
    [`${needed} --set steps`]: /write --set steps=100/,
    [`${needed} --set step=3`]: /--set is “step”, but takes steps/,
    [`${needed} --convention keras`]: /takes tf-keras-vis, pytorch-grad-cam, captum or keras-io/,
    [`${needed} --score logits`]: /--score is “logits”, but takes logit or probability\./,
    [`${needed} --backend webgpu`]: /takes auto, webgl, wasm or cpu\./,
    [`${needed} --layer a,,b`]: /empty name/,
    [`${needed} --input y.npy`]: /Several inputs need names/,
    [`${needed} --input b=y.npy`]: /Several inputs need names/,
    '--model m.h5 --out o --input a=x.npy --input a=y.npy': /a=… is given twice/,
    '--model m.h5 --out o --input a=': /names no file/
  };
  for (const [line, message] of Object.entries(misuses)) {
    assert.throws(
      () => read(line),
      error => error instanceof UsageError && message.test(error.message) && !error.message.includes('\n'),
      `${line} should be refused`
    );
  }
});

test('what stands in for layers is a JSON object', () => {
  for (const text of ['Drop', '[]', 'null', '3']) {
    assert.throws(
      () => read(`${needed} --layers ${text}`),
      new UsageError(`--layers is “${text}”: write '{"FixedDropout": "identity"}'.`)
    );
  }
});
