/** Layers that GradLens cannot run, or not so: a sentence that says so, and the layers before them. */
import { expect, it } from 'vitest';
import { layerInfos } from '../graph/layers';
import { english } from '../messages/message';
import { buildGraph } from './keras/build-graph';
import { parseModel } from './keras/config/parse-model';

const reasonFor = (className: string, config: object = {}): string => {
  const layers = [
    { class_name: 'Flatten', config: { name: 'first', batch_input_shape: [null, 4, 4, 3] } },
    { class_name: className, config: { name: 'it', ...config } }
  ];
  const spec = parseModel({ class_name: 'Sequential', config: { name: 'm', layers } }, 'm.h5');
  const graph = buildGraph(
    spec,
    { find: () => ({}) },
    { fileName: 'm.h5', format: 'none', kerasVersion: null, dispose: () => undefined }
  );
  expect(graph.unsupported.map(({ node }) => node)).toEqual(['it']);
  return english(graph.unsupported[0].reason);
};

it.each([
  ['Conv3D', 'The layer it (Conv3D) needs an input with 5 axes'],
  ['MaxPooling3D', 'The layer it (MaxPooling3D) needs an input with 5 axes'],
  ['LSTM', 'The layer it (LSTM) needs an input with 3 axes'],
  ['Bidirectional', 'runs a layer of the class  over the steps'],
  ['ConvLSTM2D', 'The layer it (ConvLSTM2D) needs an input with 5 axes'],
  ['LocallyConnected2D', 'The layer it (LocallyConnected2D) needs an input with 4 axes'],
  ['Discretization', 'has not been adapted to data: its bins are not in the file']
])('%s', (className, sentence) => {
  expect(reasonFor(className)).toContain(sentence);
});

it('BatchNormalization of Keras 2 along several axes', () => {
  expect(reasonFor('BatchNormalization', { axis: [1, 2] })).toContain(
    'has axis = [1,2], which GradLens cannot compute'
  );
});

it('a lookup that names classes, with its words', () => {
  const vocabulary = ['cat', 'dog', 'fox', 'hen'];
  const layers = [
    { class_name: 'InputLayer', config: { name: 'numbers', batch_shape: [null], dtype: 'int64' } },
    {
      class_name: 'StringLookup',
      config: { name: 'it', invert: true, vocabulary, num_oov_indices: 1, oov_token: '[UNK]' }
    }
  ];
  const spec = parseModel({ class_name: 'Sequential', config: { name: 'm', layers } }, 'm.keras');
  const origin = { fileName: 'm.keras', format: 'none', kerasVersion: null, dispose: () => undefined };
  const graph = buildGraph(spec, { find: () => ({}) }, origin);
  expect(english(graph.unsupported[0].reason)).toContain(
    'gives words for numbers of classes: save the model up to the scores from which these are taken, and give the words as labels=["[UNK]", "cat", "dog", "fox", …], so it cannot run here.'
  );
});

it('Hashing of words, though of whole numbers it runs', () => {
  const layers = [
    { class_name: 'InputLayer', config: { name: 'words', batch_shape: [null, 1], dtype: 'string' } },
    { class_name: 'Hashing', config: { name: 'it', num_bins: 3 } }
  ];
  const spec = parseModel({ class_name: 'Sequential', config: { name: 'm', layers } }, 'm.keras');
  const origin = { fileName: 'm.keras', format: 'none', kerasVersion: null, dispose: () => undefined };
  const graph = buildGraph(spec, { find: () => ({}) }, origin);
  expect(english(graph.unsupported[0].reason)).toContain('words (InputLayer) takes words, which are no numbers');
  expect(layerInfos(graph).map(({ unsupported }) => unsupported !== null)).toEqual([true, true]);
});

it.each([
  ['StringLookup', 'works on words'],
  ['Mine', 'is of the class Mine']
])('%s with several outputs stops only what reads them', (className, reason) => {
  const layer = (name: string, class_name: string, inbound: unknown[], config: object = {}) => ({
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes: inbound
  });
  const config = {
    name: 'm',
    layers: [
      layer('x', 'InputLayer', [], { batch_input_shape: [null, 9, 3] }),
      layer('before', 'Activation', [[['x', 0, 0, {}]]], { activation: 'relu' }),
      layer('states', className, [[['before', 0, 0, {}]]]),
      layer('second', 'Activation', [[['states', 0, 2, {}]]], { activation: 'relu' })
    ],
    input_layers: [['x', 0, 0]],
    output_layers: [['second', 0, 0]]
  };
  const graph = buildGraph(
    parseModel({ class_name: 'Functional', config }, 'm.h5'),
    { find: () => ({}) },
    { fileName: 'm.h5', format: 'none', kerasVersion: null, dispose: () => undefined }
  );
  expect(graph.unsupported.map(({ node }) => node)).toEqual(['states']);
  expect(english(graph.unsupported[0].reason)).toContain(reason);
  const problems = layerInfos(graph).map(({ id, unsupported }) => [id, unsupported !== null]);
  expect(problems).toEqual([
    ['x', false],
    ['before', false],
    ['states', true],
    ['second', true]
  ]);
});
