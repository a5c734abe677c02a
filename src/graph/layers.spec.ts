import { describe, expect, it } from 'vitest';
import { readModel } from '../formats';
import { architecture, bytesOf } from '../formats/testing/reader-data';
import { message } from '../messages/message';
import { defaultLayer, layerInfos } from './layers';
import type { ModelGraph } from './model-graph';

describe('defaultLayer', () => {
  // The layers that tutorials take: keras.io's Grad-CAM page,
  // tf-keras-vis' examples, and the last convolution of each paper.
  it.each([
    ['DenseNet121.keras3', 'conv5_block16_concat'],
    ['DenseNet121.keras2', 'conv5_block16_concat'],
    ['ResNet50.keras3', 'conv5_block3_out'],
    ['ResNet50V2.keras3', 'conv5_block3_out'],
    ['VGG16.keras3', 'block5_conv3'],
    ['MobileNetV2.keras3', 'Conv_1'],
    ['EfficientNetB0.keras3', 'top_conv'],
    ['InceptionV3.keras3', 'mixed10'],
    ['Xception.keras3', 'block14_sepconv2']
  ])('of %s is %s', (file, layer) => {
    expect(defaultLayer(architecture(file))).toBe(layer);
  });

  it.each([
    ['nested.keras3.h5', 'conv'],
    ['backbone_first', 'backbone/conv'],
    ['with_lambda.h5', 'conv'],
    ['transformer.keras2.h5', 'norm_1'],
    ['class_token.keras3.keras', 'block/norm'],
    ['with_input.keras3.h5', null]
  ])('of %s is %s', async (name, layer) => {
    const file = name === 'backbone_first' ? 'transfer.keras3.h5' : name;
    const graph = await readModel(bytesOf(file), file);
    expect(defaultLayer(graph)).toBe(layer ?? graph.nodes.filter(node => node.op === 'Conv2D')[1].id);
    graph.dispose();
  });
});

const node = (id: string, op: string, input: string | null, attributes: Record<string, unknown> = {}) => ({
  id,
  op,
  className: op,
  inputs: input ? [{ node: input }] : [],
  attributes,
  weights: {},
  outputShape: [null, 8, 8, 4]
});
const graph = (...nodes: ReturnType<typeof node>[]): ModelGraph =>
  ({
    nodes,
    inputs: [],
    outputs: [{ name: 'mask', node: nodes.at(-1)?.id }],
    unsupported: []
  }) as unknown as ModelGraph;

describe('defaultLayer of a segmentation', () => {
  const body = [node('in', 'InputLayer', null), node('body', 'Conv2D', 'in', { activation: 'relu' })];

  it('lies before the layer that makes the probabilities', () => {
    expect(defaultLayer(graph(...body, node('mask', 'Conv2D', 'body', { activation: 'softmax' })))).toBe('body');
    const apart = [
      node('scores', 'Conv2D', 'body', { activation: 'linear' }),
      node('mask', 'Activation', 'scores', { activation: 'sigmoid' })
    ];
    expect(defaultLayer(graph(...body, ...apart))).toBe('body');
  });

  it('lies before the layer that tells each step of a row apart', () => {
    const row = (one: ReturnType<typeof node>) => ({ ...one, outputShape: [null, 8, 4] });
    const steps = row(node('steps', 'Conv1D', 'body', { activation: 'relu' }));
    const letters = row(node('letters', 'Dense', 'steps', { activation: 'softmax' }));
    expect(defaultLayer(graph(...body, steps, letters))).toBe('steps');
  });

  it('is the last convolution where the output are no probabilities', () => {
    expect(defaultLayer(graph(...body, node('features', 'Conv2D', 'body', { activation: 'relu' })))).toBe('features');
  });
});

describe('layerInfos', () => {
  it('says what layers have and what they are good for', async () => {
    const graph = await readModel(bytesOf('plain.keras3.h5'), 'plain.h5');
    const infos = new Map(layerInfos(graph).map(info => [info.id, info]));
    expect([...infos.keys()]).toEqual(graph.nodes.map(node => node.id));
    expect(infos.get('conv_a')).toEqual({
      id: 'conv_a',
      op: 'Conv2D',
      family: 'convolution',
      inputs: ['image'],
      sees: ['image'],
      outputShape: [23, 17, 8],
      parameters: 3 * 3 * 3 * 8 + 8,
      nonTrainable: 0,
      sharesWeights: false,
      tokens: null,
      spatial: true,
      explainable: true,
      hasMap: true,
      unsupported: null,
      seesRows: 3,
      placeReaders: {}
    });
    expect(infos.get('image')).toMatchObject({ spatial: true, explainable: false, hasMap: false });
    expect(infos.get('classes')).toMatchObject({ outputShape: [5], spatial: false, explainable: false });
    graph.dispose();
  });

  it('has maps also where a tutorial asks for none, as behind dropout and pooling', () => {
    const infos = layerInfos(
      graph(
        node('image', 'InputLayer', null),
        node('conv', 'Conv2D', 'image'),
        node('dropout', 'Dropout', 'conv'),
        node('pool', 'MaxPooling2D', 'dropout'),
        node('scores', 'Conv2D', 'pool')
      )
    );
    expect(infos.map(({ id, explainable, hasMap }) => [id, explainable, hasMap])).toEqual([
      ['image', false, false],
      ['conv', true, true],
      ['dropout', false, true],
      ['pool', false, true],
      ['scores', true, true]
    ]);
  });

  it('explains nothing when the output cannot be computed, and says what is in the way', async () => {
    const graph = await readModel(bytesOf('with_lambda.h5'), 'with_lambda.h5');
    const infos = layerInfos(graph);
    expect(infos.map(info => info.explainable)).toEqual([false, false, false, false]);
    expect(infos[3].unsupported).toEqual(
      message('The layer %1 comes after %2, which cannot run here.', 'after', 'double')
    );
    expect(infos[1].unsupported).toBeNull();
    graph.dispose();
  });
});
