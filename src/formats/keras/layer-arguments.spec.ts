/** Every argument that Keras writes is declared; values that are not honoured are refused by name. */
import { describe, expect, it } from 'vitest';
import { layerRules } from '../../engine/plan/layer-rules';
import { isIdentity, LAYER_CLASSES, layerClass } from '../../graph/classes';
import { unhonouredArgument } from '../../graph/classes/check-arguments';
import type { WeightRef } from '../../graph/model-graph';
import { english } from '../../messages/message';
import { readModel } from '../index';
import { bytesOf, jsonOf } from '../testing/reader-data';
import { buildGraph } from './build-graph';
import type { Config } from './config/json';
import { parseModel } from './config/parse-model';
import { canonicalClass, normaliseAttributes } from './flatten/attributes';

interface Described {
  keras3: Record<string, Config>;
  keras2: Record<string, Config>;
  unusual: Record<string, Config>;
}

const { keras3, keras2, unusual } = jsonOf<Described>('arguments.json');
const IMAGE = [null, 8, 8, 6];

const refused = (className: string, config: Config) => {
  const op = canonicalClass(className);
  return unhonouredArgument(op, normaliseAttributes(op, config), IMAGE);
};

it('declares the arguments of every class but those that pass their input on', () => {
  const undeclared = Object.keys(LAYER_CLASSES).filter(op => !op.startsWith('op:') && !LAYER_CLASSES[op].arguments);
  expect(undeclared.filter(op => !isIdentity(op))).toEqual([]);
});

it('has a rule that runs each class, and none for others', () => {
  const made = ['op:activation', 'op:concatenate', 'op:true_divide'];
  expect(
    Object.keys(layerRules)
      .filter(op => !made.includes(op))
      .sort()
  ).toEqual(
    Object.keys(LAYER_CLASSES)
      .filter(op => op !== 'InputLayer')
      .sort()
  );
});

describe.each([
  ['Keras 3', keras3],
  ['Keras 2', keras2]
])('%s', (_, configs) => {
  const classes = Object.keys(configs).filter(
    name => layerClass(canonicalClass(name))?.arguments && canonicalClass(name) !== 'InputLayer'
  );

  it.each(classes)('%s as it is by default runs', name => {
    expect(refused(name, configs[name])).toBeNull();
  });

  it.each(classes)('%s with an argument that nobody declared is refused', name => {
    expect(refused(name, { ...configs[name], an_argument_to_come: true })).toEqual({
      argument: 'an_argument_to_come',
      value: true
    });
  });
});

const values = Object.entries(unusual).flatMap(([name, config]) =>
  Object.entries(config).map(([argument, value]) => [name, argument, value] as const)
);

it.each(values)('%s with %s = %j is refused', (name, argument, value) => {
  expect(refused(name, { ...keras3[name], [argument]: value })).toEqual({ argument, value });
});

it.each([
  ['QuantizedDTypePolicy', { class_name: 'QuantizedDTypePolicy', config: { mode: 'int8', source_name: 'float32' } }],
  ['int8_from_float32', 'int8_from_float32'],
  ['float8_from_mixed_bfloat16', { class_name: 'DTypePolicy', config: { name: 'float8_from_mixed_bfloat16' } }]
])('a layer quantised as %s is refused', (value, dtype) => {
  expect(refused('Dense', { ...keras3.Dense, dtype })).toEqual({ argument: 'dtype', value });
});

it('runs what is computed in float32 whatever its policy', () => {
  for (const name of ['float32', 'mixed_float16', 'bfloat16', 'float64']) {
    expect(refused('Dense', { ...keras3.Dense, dtype: { class_name: 'DTypePolicy', config: { name } } })).toBeNull();
  }
});

it('names layer, class, argument and value, and keeps the layers before', () => {
  const layers = [
    {
      class_name: 'Conv2D',
      config: { name: 'conv', batch_input_shape: [null, 9, 9, 3], filters: 2, kernel_size: [2, 2] }
    },
    { class_name: 'Resizing', config: { name: 'half', height: 4, width: 4, fill_mode: 'reflect' } }
  ];
  const spec = parseModel({ class_name: 'Sequential', config: { name: 'm', layers } }, 'm.h5');
  const weight = (shape: number[]) => ({ name: 'w', shape, dtype: 'float32' as const, read: () => new Float32Array() });
  const { unsupported } = buildGraph(
    spec,
    { find: () => ({ kernel: weight([2, 2, 3, 2]), bias: weight([2]) }) },
    { fileName: 'm.h5', format: 'none', kerasVersion: null, dispose: () => undefined }
  );
  expect(unsupported.map(({ reason, ...at }) => ({ ...at, reason: english(reason) }))).toEqual([
    {
      node: 'half',
      op: 'Resizing',
      reason:
        'The layer half (Resizing) has fill_mode = "reflect", which GradLens cannot compute. The feature maps of the layers before it can still be seen.'
    }
  ]);
});

it('refuses operators whose arguments it does not honour, and runs the others', async () => {
  const graph = await readModel(bytesOf('options.keras'), 'options.keras');
  const reasons = graph.unsupported.map(({ reason }) => english(reason).split(', so it cannot')[0]);
  expect(reasons).toEqual([
    expect.stringMatching(/^The layer mean\S* \(Mean\) works along the axis of samples, which GradLens cannot run/),
    expect.stringMatching(/^The layer sum\S* \(Sum\) works along all axes, that of the samples too$/),
    'The layer layer_norm (LayerNorm) has rms_scaling = true, which GradLens cannot compute',
    expect.stringMatching(/^The layer get_item\S* \(GetItem\) is an operation that GradLens cannot run\./)
  ]);
  expect(graph.nodes.find(node => node.className === 'Max')?.outputShape).toEqual([null, 8, 8]);
  expect(graph.nodes.find(node => node.op === 'op:slice')?.outputShape).toEqual([null, 8, 8, 1, 2]);
  expect(graph.nodes.map(node => node.op)).toContain('op:stop_gradient');
  graph.dispose();
});

it.each([
  ['GlobalAveragePooling1D', ['embedding', 'dense', 'last'], true],
  ['GlobalMaxPooling1D', ['embedding', 'last'], false],
  ['GlobalAveragePooling1D', ['embedding', 'conv', 'last'], false]
])('%s behind %j: masked steps left out is %s', (className, path, isMasked) => {
  const configs: Record<string, Config> = {
    embedding: {
      class_name: 'Embedding',
      config: { batch_input_shape: [null, 9], input_dim: 9, output_dim: 5, mask_zero: true }
    },
    dense: { class_name: 'Dense', config: { units: 4, use_bias: false } },
    conv: { class_name: 'Conv1D', config: { filters: 4, kernel_size: [2], use_bias: false } },
    last: { class_name: className, config: {} }
  };
  const layers = path.map(name => ({ ...configs[name], config: { ...(configs[name].config as Config), name } }));
  const spec = parseModel({ class_name: 'Sequential', config: { name: 'm', layers } }, 'm.h5');
  const graph = buildGraph(
    spec,
    { find: () => ({}) },
    { fileName: 'm.h5', format: 'none', kerasVersion: null, dispose: () => undefined }
  );
  const last = graph.nodes[graph.nodes.length - 1];
  expect([last.id, last.op]).toEqual(['last', isMasked ? 'op:divide' : className]);
});

it('refuses a stateful recurrent layer by that name', () => {
  const config = { units: 3, activation: 'tanh', recurrent_activation: 'sigmoid', stateful: true };
  expect(refused('LSTM', config)).toEqual({ argument: 'stateful', value: true });
});

it('refuses a value of another type than the argument has', () => {
  expect(refused('Conv2D', { ...keras3.Conv2D, filters: 'many' })).toEqual({ argument: 'filters', value: 'many' });
  expect(refused('Dense', { ...keras3.Dense, use_bias: 'no' })).toEqual({ argument: 'use_bias', value: 'no' });
  expect(refused('Permute', { dims: { 1: 2 } })).toEqual({ argument: 'dims', value: { 1: 2 } });
});

it('fills in what Keras takes for an argument that a file leaves out', () => {
  expect(normaliseAttributes('LeakyReLU', {})).toMatchObject({ negative_slope: 0.3 });
  expect(normaliseAttributes('LeakyReLU', { alpha: 0.1 })).toMatchObject({ negative_slope: 0.1 });
  expect(normaliseAttributes('ReLU', { max_value: 6 })).toMatchObject({
    max_value: 6,
    negative_slope: 0,
    threshold: 0
  });
  expect(normaliseAttributes('BatchNormalization', { axis: [3] })).toMatchObject({ axis: 3 });
  // Of several, which is refused by name; the weights that Keras 2 keeps for them fit no single one.
  expect(normaliseAttributes('BatchNormalization', { axis: [1, 2] })).toMatchObject({ axis: [1, 2] });
  expect(normaliseAttributes('PReLU', { shared_axes: null })).toMatchObject({ shared_axes: [] });
});

it('keeps the slope of hard_sigmoid that Keras 2 meant', () => {
  const config = { activation: 'hard_sigmoid' };
  expect(normaliseAttributes('Dense', config, true).slope).toBe(0.2);
  expect(normaliseAttributes('Dense', config).slope).toBeUndefined();
  expect(normaliseAttributes('Dense', { activation: 'sigmoid' }, true).slope).toBeUndefined();
});

/** The refusal of a layer that is called so on a picture. */
function saidOfCall(class_name: string, own: object, kerasVersion: string, training: unknown): string[] {
  const layer = { class_name, name: 'l', config: { name: 'l', ...own } };
  const input = { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_input_shape: [null, 4, 2] } };
  const config = {
    name: 'm',
    layers: [
      { ...input, inbound_nodes: [] },
      { ...layer, inbound_nodes: [[['x', 0, 0, { training }]]] }
    ],
    input_layers: [['x', 0, 0]],
    output_layers: [['l', 0, 0]]
  };
  const shapes: Record<string, number[]> = { kernel: [2, 12], recurrent_kernel: [3, 12], bias: [12] };
  const weight = (role: string): WeightRef => ({
    name: role,
    shape: shapes[role] ?? [2],
    dtype: 'float32',
    read: () => new Float32Array(24)
  });
  const graph = buildGraph(
    parseModel({ class_name: 'Functional', config }, 'm.h5'),
    { find: (_, __, roles) => Object.fromEntries(roles.map(role => [role, weight(role)])) },
    { fileName: 'm.h5', format: 'none', kerasVersion, dispose: () => undefined }
  );
  return graph.unsupported.map(({ reason }) => english(reason));
}

const LSTM = { units: 3, activation: 'tanh', recurrent_activation: 'sigmoid', dropout: 0.2 };

describe.each([
  ['BatchNormalization', { axis: -1 }, /is called with training=True, which GradLens cannot compute/],
  ['Dropout', { rate: 0.5 }, /is called with training=True, so that what it gives is random/],
  ['SpatialDropout1D', { rate: 0.5 }, /is called with training=True, so that what it gives is random/],
  ['GaussianNoise', { stddev: 0.5 }, /is called with training=True, so that what it gives is random/],
  ['LSTM', LSTM, /is called with training=True, so that what it gives is random/]
])('%s %j called with training=True', (name, own, said) => {
  it('is refused where Keras 2 wrote the file, whose predict() does so', () => {
    expect(saidOfCall(name, own, '2.15.0', true)).toEqual([expect.stringMatching(said)]);
  });
  it('is refused with a number that Keras 2 takes for true', () => {
    expect(saidOfCall(name, own, '2.15.0', 1)).toEqual([expect.stringMatching(said)]);
  });
  it.each([
    ['2.15.0', 0],
    ['2.15.0', false],
    ['2.15.0', null],
    ['3.1.0', true]
  ])('runs by Keras %s with training=%s', (version, training) => {
    expect(saidOfCall(name, own, version, training)).toEqual([]);
  });
});

it('lets dropout of a rate of 0, or none at all, be called with training=True', () => {
  expect(saidOfCall('Dropout', { rate: 0 }, '2.15.0', true)).toEqual([]);
  expect(saidOfCall('LSTM', { ...LSTM, dropout: 0 }, '2.15.0', true)).toEqual([]);
});

it('bounds the length of vectors as the Keras that wrote the file', () => {
  expect(normaliseAttributes('UnitNormalization', { axis: -1 }).smallest_square).toBe(1e-24);
  expect(normaliseAttributes('UnitNormalization', { axis: -1 }, true).smallest_square).toBe(1e-12);
});
