import { expect, it } from 'vitest';
import { layerInfo } from '../graph/testing/layer-info';
import { healthLayers } from './health-layers';

const judged = (...layers: Parameters<typeof layerInfo>[]) =>
  healthLayers(layers.map(layer => layerInfo(...layer))).map(({ id }) => id);

it('judges features behind their normalisation and activation, and no outputs', () => {
  expect(
    judged(
      ['image', { op: 'InputLayer' }],
      ['scale', { op: 'Rescaling', inputs: ['image'] }],
      ['conv1', { inputs: ['scale'] }],
      ['bn1', { op: 'BatchNormalization', inputs: ['conv1'] }],
      ['relu1', { op: 'ReLU', inputs: ['bn1'] }],
      ['pool', { op: 'MaxPooling2D', inputs: ['relu1'] }],
      ['conv2', { inputs: ['pool'] }],
      ['add', { op: 'Add', inputs: ['conv2', 'pool'] }],
      ['relu2', { op: 'ReLU', inputs: ['add'] }],
      ['drop', { op: 'Dropout', inputs: ['relu2'] }],
      ['hidden', { op: 'Dense', inputs: ['drop'], outputShape: [8] }],
      ['head', { op: 'Dense', inputs: ['hidden'], outputShape: [3] }]
    )
  ).toEqual(['relu1', 'conv2', 'relu2', 'hidden']);
});

it('judges a layer that is read by more than its activation, and one before what cannot run', () => {
  expect(
    judged(
      ['conv1'],
      ['relu1', { op: 'ReLU', inputs: ['conv1'] }],
      ['conv2', { inputs: ['conv1', 'relu1'] }],
      ['odd', { op: 'Activation', inputs: ['conv2'], unsupported: { text: 'no', values: [] } }],
      ['head', { op: 'Dense', inputs: ['odd'] }]
    )
  ).toEqual(['conv1', 'relu1', 'conv2']);
});
