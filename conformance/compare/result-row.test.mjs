/** Tests the excuses for differences: a wrong number must never have one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tally } from './differences.mjs';
import { verdict } from './proof.mjs';
import { rowOf } from './result-row.mjs';

const item = {
  folder: 'net',
  parameters: 1,
  scores: ['logit'],
  own: 0,
  layers: [{ id: 'conv', own: 1e-7, logit: { own: 1e-12 } }]
};

const said = (gradient = 1e-12, alone = 1e-6, map = 1e-10) => ({
  alone: { layer: 'conv', error: alone },
  gradients: { logit: { conv: gradient } },
  maps: { logit: { conv: map } },
  flips: { relu: 1, pooling: 0 },
  decisions: 100
});

/** The row of a run whose gradient at `conv` is `angle` off, given what Keras says of it. */
/** @param {object | null} folded */
async function rowWith(note, answer, always = false, folded = null) {
  const findings = new Tally();
  note(findings);
  let asked = 0;
  const compared = { findings, runs: { logit: {} }, folded, milliseconds: 1, files: ['.h5'], seconds: 1, build: 'abc' };
  const keras = async () => ({ check: async () => (asked++, answer), close: () => undefined });
  return { ...(await rowOf(item, 'wasm', compared, keras, always)), asked };
}

const place = { layer: 'conv', score: 'logit' };

test('what is within the limits needs no proof', async () => {
  const row = await rowWith(findings => findings.angle('gradient', place, 9e-6), said());
  assert.deepEqual([row.problems, row.excused, row.asked], [[], [], 0]);
});

test('a gradient that is the one at our activations is excused', async () => {
  const row = await rowWith(findings => findings.angle('gradient', place, 2e-5), said());
  assert.deepEqual(row.problems, []);
  assert.deepEqual(row.excused, ['gradient of conv, logit: 1 - cosine 2.0e-5']);
});

test('a gradient that is not is a failure', async () => {
  const row = await rowWith(findings => findings.angle('gradient', place, 2e-5), said(1e-7));
  assert.equal(row.problems.length, 2);
  assert.match(row.problems[1], /not that of the network at our activations/);
  assert.deepEqual(row.excused, []);
});

test('an activation is excused only when no layer is off by itself', async () => {
  const off = findings => findings.value('activation', 'conv', 2e-5);
  assert.deepEqual((await rowWith(off, said())).problems, []);
  assert.match((await rowWith(off, said(1e-12, 2e-5))).problems.join(), /conv by itself/);
});

test('a wrong proof fails a row that is within the plain limits', async () => {
  const row = await rowWith(() => undefined, said(1e-6), true);
  assert.equal(row.problems.length, 1);
});

test('the run with folded layers is excused by a proof of its own only', async () => {
  const note = findings => findings.value('output', 'the model', 2e-5, 'folded');
  assert.deepEqual((await rowWith(note, said(), true)).problems, [
    'output of the model (folded): relative error 2.0e-5'
  ]);
  const row = await rowWith(note, said(), true, { logit: {} });
  assert.deepEqual([row.problems.length, row.excused.length, row.asked], [0, 1, 2]);
  assert.ok((await rowWith(note, said(1e-12, 2e-5), true, { logit: {} })).problems.length > 1);
});

test('nothing excuses another class or a NaN', async () => {
  assert.equal((await rowWith(findings => findings.fail('class 3 was explained'), said(), true)).problems.length, 1);
  const row = await rowWith(findings => findings.angle('gradient', place, NaN), said(NaN));
  assert.equal(row.problems.length, 2);
  assert.ok(Number.isNaN(row.worst.gradient));
});

test('the verdict names what it refutes', () => {
  assert.deepEqual(verdict(said()).refuted, []);
  const { refuted, gradient, map, alone } = verdict(said(1e-3, 2e-5, 1e-2));
  assert.equal(refuted.length, 3);
  assert.deepEqual([gradient, map, alone], [1e-3, 1e-2, 2e-5]);
});
