import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonText } from './python-text.mjs';
import { shrink, smallerOnes } from './shrink.mjs';

const input = (...shape) => ({ kind: 'input', shape, values: 'halves' });
const layer = (name, args, ...of) => ({ kind: 'layer', class: name, args, of });
const recipe = (...steps) => ({ writer: 'keras3', format: 'keras', seed: 1, softmax: true, outputs: [1], steps });

/** A product that gets strides of 2 wrong. */
const fails = async ({ steps }) => steps.some(step => step.args?.strides === 2);

test('a failure shrinks to the step and the argument that make it', async () => {
  const large = recipe(
    input(8, 8, 4),
    layer('ReLU', { max_value: 1 }, 0),
    layer('Conv2D', { filters: 4, strides: 2, padding: 'same' }, 1),
    layer('Dropout', { rate: 0.5 }, 2),
    layer('Add', {}, 2, 3)
  );
  const small = await shrink(large, fails, { most: 200 });
  assert.deepEqual(small.steps, [
    { kind: 'input', shape: [2, 2, 2] },
    { kind: 'layer', class: 'Conv2D', args: { strides: 2 }, of: [0] }
  ]);
  assert.equal(small.softmax, false);
  assert.deepEqual(small.outputs, []);
});

test('what is inside a nested model shrinks too', async () => {
  const nested = {
    kind: 'nested',
    form: 'functional',
    of: [0],
    steps: [layer('ReLU', {}, 0), layer('Conv2D', { strides: 2, use_bias: false }, 1)]
  };
  const small = await shrink(
    recipe(input(4), nested),
    async ({ steps }) => steps.some(step => step.steps?.some(inner => inner.args.strides === 2)),
    { most: 200 }
  );
  assert.deepEqual(small.steps[1].steps, [{ kind: 'layer', class: 'Conv2D', args: { strides: 2 }, of: [0] }]);
});

test('steps refer to the same values when one before them is taken out', () => {
  const steps = [input(4), layer('ReLU', {}, 0), layer('Dense', {}, 1), { kind: 'shared', step: 2, of: [2] }];
  const found = [...smallerOnes(recipe(...steps))].map(({ steps }) => steps);
  assert.ok(
    found.some(
      shorter => shorter.length === 3 && shorter[1].of[0] === 0 && shorter[2].step === 1 && shorter[2].of[0] === 1
    )
  );
});

test('only so many are tried, and a failure that nothing smaller has stays as it is', async () => {
  let tries = 0;
  const whole = recipe(input(8, 8, 8), layer('Dense', { units: 4 }, 0));
  assert.equal(await shrink(whole, async () => ++tries > 1000, { most: 3 }), whole);
  assert.equal(tries, 3);
});

test('a recipe reads as Python', () => {
  const text = pythonText(
    recipe(input(4), layer('TimeDistributed', { layer: { $layer: 'Dense', args: { units: 3 } } }, 0), {
      kind: 'op',
      code: 'ops.max(x) * y',
      of: [1, 0]
    })
  );
  assert.match(text, /v0 = Input\(\(4,\)\) {2}# values: halves\nv1 = TimeDistributed\(layer=Dense\(units=3\)\)\(v0\)/);
  assert.match(text, /v2 = ops\.max\(v1\) \* v0\n.*\[Dense\(3, activation="softmax"\)\(Flatten\(\)\(v2\)\), v1\]/);
});

test('arguments of a call are followed and left out', async () => {
  const masked = recipe(
    { kind: 'input', shape: [6, 4], values: 'padded' },
    layer('ReLU', {}, 0),
    { kind: 'op', code: 'x[..., 0] > 0', of: [1] },
    { ...layer('LSTM', { units: 2 }, 1), call: { mask: { $value: 2 }, training: false } }
  );
  const isOfOperator = async ({ steps }) => steps[steps.at(-1).call?.mask?.$value]?.kind === 'op';
  const small = await shrink(masked, isOfOperator, { most: 200 });
  assert.deepEqual(
    small.steps.map(({ kind }) => kind),
    ['input', 'op', 'layer']
  );
  assert.deepEqual(small.steps[2].call, { mask: { $value: 1 } });
  assert.match(pythonText(small), /LSTM\(\)\(v0, mask=v1\)/);
});
