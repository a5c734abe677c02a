import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session, shuffled } from './session.mjs';
import { reportTable } from './table.mjs';
import { compare, decode, group, ofError } from './verdict.mjs';

const encode = (shape, values) => ({
  shape,
  data: Buffer.from(Float32Array.from(values).buffer).toString('base64')
});
const batch = {
  inputs: { a: encode([1, 2], [1, 2]) },
  outputs: [encode([1, 2], [1, 2])],
  activations: { s1: encode([1, 2], [3, 4]) },
  gradients: { s1: encode([1, 2], [0, 1]) }
};
const result = ({ output = [1, 2], activation = [3, 4], gradient = [0, 1], shape = [1, 2] } = {}) => ({
  backend: 'wasm',
  outputs: { head: { shape, data: Float32Array.from(output) } },
  activations: { s1: { shape: [1, 2], data: Float32Array.from(activation) } },
  gradients: { s1: { shape: [1, 2], data: Float32Array.from(gradient) } }
});

test('numbers agree, or it is said where they do not', () => {
  assert.equal(compare(result(), batch).kind, 'agree');
  assert.match(compare(result({ output: [1, 2.01] }), batch).why, /^output 0 is off by 5/);
  assert.match(compare(result({ shape: [2, 1] }), batch).why, /^output 0 has the shape 2,1, not 1,2/);
  assert.match(compare(result({ activation: [3, NaN] }), batch).why, /^activation at s1 is off by Inf/);
  // Of the right direction, but not of the right size.
  assert.match(compare(result({ gradient: [0, 2] }), batch).why, /^gradient at s1 is off/);
  assert.equal(compare({ ...result(), outputs: {} }, batch).why, 'output 0 is missing');
});

test('a sentence refuses, a raw message does not', () => {
  assert.equal(ofError('The layer x (LSTM) has stateful = true, which GradLens cannot run.').kind, 'refused');
  for (const raw of [
    'Error in matMul: inner shapes (3) and (4) must match.',
    "Cannot read properties of undefined (reading 'shape').",
    'The layers cannot be put together. Save the model again.',
    'x is not a function'
  ]) {
    assert.equal(ofError(raw).kind, 'error', raw);
  }
});

test('reasons are grouped without the names of layers and numbers', () => {
  assert.equal(
    group('The layer s3 (LSTM) has units = 4, which …'),
    group('The layer inner/s12@1 (LSTM) has units = 17, which …')
  );
  assert.notEqual(group('The layer s3 is of the class Dot.'), group('The layer s3 is of the class Attention.'));
  const rows = [
    { kind: 'agree', why: '' },
    { kind: 'refused', why: 'The layer a (LSTM) …' },
    { kind: 'refused', why: 'The layer b (LSTM) …' }
  ];
  assert.match(reportTable(rows), /3 models\n {2}agree +1\n {2}refused +2\n +2 {2}The layer … \(LSTM\)/);
});

test('a session gives each model its own verdict, on every backend and in an order of the seed', async () => {
  const ran = [];
  const harness = {
    backend: { backend: 'wasm' },
    setBackend: async backend => (harness.backend = { backend }),
    open: async file => ({
      summary: {
        layers: [{ id: 's1', unsupported: file === 'refused' ? {} : null }],
        notices: ['The layer s1 cannot run.']
      }
    }),
    run: async ({ model }) => {
      ran.push(`${model} ${harness.backend.backend}`);
      if (model === 'broken') {
        throw new Error('Error in slice');
      }
      return { ...result({ output: model === 'wrong' ? [2, 1] : [1, 2] }), backend: harness.backend.backend };
    },
    closeModel: async () => {},
    close: async () => {}
  };
  const session = new Session(async () => harness);
  const models = ['right', 'refused', 'wrong', 'broken'].map(file => ({ file, batches: [batch, batch] }));
  const verdicts = await session.judge(models, ['wasm', 'cpu'], 3);
  assert.deepEqual(
    verdicts.map(({ kind }) => kind),
    ['agree', 'refused', 'wrong', 'error']
  );
  assert.deepEqual(
    ran.filter(run => run.startsWith('right')),
    ['right wasm', 'right wasm', 'right cpu', 'right cpu']
  );
  assert.deepEqual(shuffled([1, 2, 3, 4, 5, 6], 5), shuffled([1, 2, 3, 4, 5, 6], 5));
  assert.notDeepEqual(shuffled([1, 2, 3, 4, 5, 6], 5), shuffled([1, 2, 3, 4, 5, 6], 6));
  assert.deepEqual([...decode(batch.outputs[0]).data], [1, 2]);
});
