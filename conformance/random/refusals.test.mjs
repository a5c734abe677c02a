import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalsPage } from './refusals.mjs';

const row = (writer, of, argument, kind, why = '') => ({ kind, why, recipe: { writer, probe: { of, argument } } });
const page = rows =>
  refusalsPage(rows, { versions: ['Keras 3.0', 'tf_keras 2.0'], backends: ['wasm'], totals: [9, 8, 7] });
const lines = (rows, start) =>
  page(rows)
    .split('\n')
    .filter(line => line.startsWith(start));

test('models and classes are counted by what became of them', () => {
  const rows = [
    row('keras3', 'Dense', '', 'agree'),
    row('keras3', 'LSTM', '', 'agree'),
    row('keras3', 'LSTM', 'stateful', 'refused', 'The layer s1 (LSTM) has stateful = true.'),
    row('keras3', 'Hashing', '', 'refused', 'The layer s1 (Hashing) is of the class Hashing.'),
    row('keras3', 'Lambda', '', 'never', 'is code'),
    row('keras3', 'Conv9D', '', 'invalid', 'Keras fails'),
    row('keras2', 'Dense', '', 'wrong', 'output 0 is off'),
    row('keras3', 'ops.sum', '', 'ill', 'unsteady')
  ];
  assert.deepEqual(lines(rows, '| keras'), [
    '| keras.layers of Keras 3 | 4 | 2 | 2 | 0 | 0 | 0 |',
    '| keras.layers of Keras 2 | 1 | 0 | 0 | 1 | 0 | 0 |',
    '| keras.ops | 1 | 0 | 0 | 0 | 0 | 1 |',
    '| keras.layers of Keras 3 | 9 | 1 | 3 | 1 (33.3 %) | 1 (33.3 %) | 1 (33.3 %) | 1 |',
    '| keras.layers of Keras 2 | 8 | 0 | 1 | 0 (0.0 %) | 0 (0.0 %) | 0 (0.0 %) | 0 |',
    '| keras.ops | 7 | 0 | 0 | 0 (0.0 %) | 0 (0.0 %) | 0 (0.0 %) | 1 |'
  ]);
});

test('refusals stand by their reasons, with what is refused', () => {
  const said = name =>
    `The layer s1 (${name}) has stateful = true, which GradLens cannot run. The feature maps can be seen.`;
  const rows = [
    row('keras3', 'LSTM', '', 'agree'),
    row('keras3', 'LSTM', 'stateful', 'refused', said('LSTM')),
    row('keras3', 'GRU', 'stateful', 'refused', said('GRU'))
  ];
  assert.deepEqual(lines(rows, '| GRU'), [
    '| GRU, LSTM (stateful) | The layer has stateful = true, which GradLens cannot run. |'
  ]);
});

test('what is not tried has its reason, unless another value of it was', () => {
  const rows = [
    row('keras3', 'Conv2D', 'padding', 'invalid', 'Keras takes no “causal”'),
    row('keras3', 'Conv2D', 'padding', 'agree'),
    row('keras3', 'Conv2D', 'groups', 'invalid', 'Keras takes no 3 | 4')
  ];
  assert.deepEqual(lines(rows, '| Conv2D'), ['| Conv2D (groups) | Keras takes no 3 \\| 4 |']);
});

test('the share of what is always refused is of what a saved model can have', () => {
  const rows = [
    row('keras3', 'Dense', '', 'agree'),
    row('keras3', 'Dense', 'units', 'refused', 'no'),
    row('keras3', 'Hashing', '', 'refused', 'turns words into numbers'),
    row('keras3', 'Layer', '', 'never', 'what others are made from')
  ];
  assert.match(page(rows), /Refused whatever the arguments are: 50\.0 % of keras\.layers of Keras 3 \(1 of 2\)/);
  assert.deepEqual(lines(rows, '| Layer'), ['| Layer | what others are made from |']);
});
