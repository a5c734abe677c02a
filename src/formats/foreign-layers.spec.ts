/** Layers that GradLens is not for: a sentence that says so, and the layers before them. */
import { expect, it } from 'vitest';
import { english } from '../messages/message';
import { buildGraph } from './keras/build-graph';
import { parseModel } from './keras/parse-model';

const reasonFor = (className: string): string => {
  const layers = [
    { class_name: 'Flatten', config: { name: 'first', batch_input_shape: [null, 4, 4, 3] } },
    { class_name: className, config: { name: 'it' } }
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
  ['Conv3D', 'The layer it (Conv3D) works on volumes or videos'],
  ['Conv3DTranspose', 'works on volumes or videos'],
  ['MaxPooling3D', 'works on volumes or videos'],
  ['LSTM', 'The layer it (LSTM) is a recurrent layer, which GradLens cannot run.'],
  ['Bidirectional', 'is a recurrent layer'],
  ['ConvLSTM2D', 'is a recurrent layer'],
  ['TimeDistributed', 'applies a layer to each step of a sequence'],
  ['Discretization', 'is of the class Discretization, which GradLens cannot run']
])('%s', (className, sentence) => {
  expect(reasonFor(className)).toContain(sentence);
});
