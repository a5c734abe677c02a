import { describe, expect, it } from 'vitest';
import { buildGraph } from '../formats/keras/build-graph';
import { parseModel } from '../formats/keras/config/parse-model';
import { jsonOf } from '../formats/testing/reader-data';
import type { LayerInfo } from '../graph/layer-info';
import { layerInfos } from '../graph/layers';
import { layerInfo } from '../graph/testing/layer-info';
import { type LayerNode, layerTree } from './layer-tree';
import { pathTo, treeMove, treeRows, typeAhead } from './tree-rows';

/** The layers of a keras.applications model, as Keras wrote its configuration. */
function layersOf(file: string): LayerInfo[] {
  const { config } = jsonOf<{ config: unknown }>(`zoo/${file}.json`);
  return layerInfos(
    buildGraph(
      parseModel(config, file),
      { find: () => ({}) },
      {
        fileName: file,
        format: 'none',
        kerasVersion: null,
        dispose: () => undefined
      }
    )
  );
}

const layer = (id: string, op = 'Conv2D') => layerInfo(id, { op, outputShape: [7, 7, 4], parameters: 10 });

const labels = (nodes: readonly LayerNode[]): string[] => nodes.map(node => node.label);
const child = (nodes: readonly LayerNode[], label: string): LayerNode[] => {
  const found = nodes.find(node => node.label === label);
  return found?.kind === 'block' ? found.children : [];
};
const leaves = (nodes: readonly LayerNode[]): string[] =>
  nodes.flatMap(node => (node.kind === 'layer' ? [node.layer.id] : leaves(node.children)));

describe('layerTree', () => {
  it('finds the stages and blocks of DenseNet121', () => {
    const tree = layerTree(layersOf('DenseNet121.keras3'));
    expect(labels(tree).filter(label => !label.startsWith('zero_padding2d') && !label.startsWith('input'))).toEqual([
      'conv1',
      'pool1',
      'conv2',
      'pool2',
      'conv3',
      'pool3',
      'conv4',
      'pool4',
      'conv5',
      'bn',
      'relu',
      'avg_pool',
      'predictions'
    ]);
    const conv5 = child(tree, 'conv5');
    expect(labels(conv5)).toEqual(Array.from({ length: 16 }, (_, i) => `conv5_block${i + 1}`));
    expect(labels(child(conv5, 'conv5_block16'))).toEqual(
      ['0_bn', '0_relu', '1_conv', '1_bn', '1_relu', '2_conv', 'concat'].map(name => `conv5_block16_${name}`)
    );
  });

  it('finds the stages and blocks of ResNet50', () => {
    const tree = layerTree(layersOf('ResNet50.keras3'));
    expect(labels(tree).slice(1)).toEqual([
      'conv1',
      'pool1',
      'conv2',
      'conv3',
      'conv4',
      'conv5',
      'avg_pool',
      'predictions'
    ]);
    expect(labels(child(tree, 'conv4'))).toEqual([1, 2, 3, 4, 5, 6].map(i => `conv4_block${i}`));
  });

  it('finds the blocks of EfficientNetB0, and squeeze-and-excite inside them', () => {
    const tree = layerTree(layersOf('EfficientNetB0.keras3'));
    expect(labels(tree).filter(label => label.startsWith('block'))).toEqual(
      ['1a', '2a', '2b', '3a', '3b', '4a', '4b', '4c', '5a', '5b', '5c', '6a', '6b', '6c', '6d', '7a'].map(
        name => `block${name}`
      )
    );
    expect(labels(child(child(tree, 'block3b'), 'block3b_se'))).toContain('block3b_se_squeeze');
  });

  it('makes blocks of what InceptionV3 leaves to Keras’ names', () => {
    const tree = layerTree(layersOf('InceptionV3.keras3'));
    expect(tree.length).toBeLessThan(40);
    expect(labels(tree)).toContain('mixed4');
  });

  it.each(['DenseNet121.keras2', 'Xception.keras3', 'MobileNetV2.keras3', 'InceptionV3.keras3'])(
    'has every layer of %s exactly once',
    file => {
      const layers = layersOf(file);
      expect(leaves(layerTree(layers)).sort()).toEqual(layers.map(({ id }) => id).sort());
    }
  );

  it('nests by the path of nested models and drops it from the labels inside', () => {
    const tree = layerTree([
      layer('image', 'InputLayer'),
      layer('backbone/conv1_conv'),
      layer('backbone/conv1_relu', 'ReLU'),
      layer('backbone/conv2_conv'),
      layer('head', 'Dense')
    ]);
    expect(labels(tree)).toEqual(['image', 'backbone', 'head']);
    expect(labels(child(tree, 'backbone'))).toEqual(['conv1', 'conv2_conv']);
    expect(labels(child(child(tree, 'backbone'), 'conv1'))).toEqual(['conv1_conv', 'conv1_relu']);
  });

  it('groups Keras 2’s name scopes', () => {
    const tree = layerTree([layer('conv1/conv'), layer('conv1/bn', 'BatchNormalization'), layer('pool1')]);
    expect(labels(tree)).toEqual(['conv1', 'pool1']);
  });

  it('leaves a small net’s automatic names alone', () => {
    const tree = layerTree([
      layer('input_layer', 'InputLayer'),
      layer('conv2d'),
      layer('max_pooling2d', 'MaxPooling2D'),
      layer('conv2d_1'),
      layer('max_pooling2d_1', 'MaxPooling2D'),
      layer('conv2d_2'),
      layer('flatten', 'Flatten'),
      layer('dense', 'Dense'),
      layer('dense_1', 'Dense')
    ]);
    expect(tree.every(node => node.kind === 'layer')).toBe(true);
  });

  it('gathers NASNet’s cells by the ending of their names', () => {
    const cell = (i: number): LayerInfo[] => [
      layer(`normal_conv_1_${i}`),
      layer(`activation_${i}`, 'Activation'),
      layer(`adjust_bn_${i}`, 'BatchNormalization'),
      layer(`normal_left2_${i}`, 'AveragePooling2D'),
      layer(`normal_concat_${i}`, 'Concatenate')
    ];
    const tree = layerTree([...cell(4), ...cell(5)]);
    expect(labels(tree)).toEqual(['…_4', '…_5']);
    expect(leaves(child(tree, '…_5'))).toEqual(cell(5).map(({ id }) => id));
  });

  it('sums a block’s parameters and has its last layer’s shape', () => {
    const [block] = layerTree([layer('conv1_conv'), { ...layer('conv1_bn'), outputShape: [3, 3, 8] }, layer('end')]);
    expect(block).toMatchObject({ kind: 'block', label: 'conv1', parameters: 20, outputShape: [3, 3, 8] });
  });
});

describe('the rows of a tree', () => {
  const tree = layerTree([layer('a'), layer('conv1_conv'), layer('conv1_bn'), layer('conv2_conv'), layer('conv2_bn')]);
  const closed = treeRows(tree, new Set());
  const open = treeRows(tree, new Set(['conv1']));

  it('are those of open blocks, with their place', () => {
    expect(closed.map(row => row.node.label)).toEqual(['a', 'conv1', 'conv2']);
    expect(open.map(({ node, level, position, siblings }) => [node.label, level, position, siblings])).toEqual([
      ['a', 1, 1, 3],
      ['conv1', 1, 2, 3],
      ['conv1_conv', 2, 1, 2],
      ['conv1_bn', 2, 2, 2],
      ['conv2', 1, 3, 3]
    ]);
  });

  it('pathTo names the blocks around a layer', () => {
    expect(pathTo(tree, 'conv2_bn')).toEqual(['conv2']);
    expect(pathTo(tree, 'a')).toEqual([]);
  });

  it.each([
    ['ArrowRight', 1, closed, { expand: 'conv1' }],
    ['ArrowRight', 1, open, { select: 2 }],
    ['ArrowRight', 2, open, null],
    ['ArrowLeft', 3, open, { select: 1 }],
    ['ArrowLeft', 1, open, { collapse: 'conv1' }],
    ['ArrowLeft', 1, closed, null],
    ['ArrowDown', 4, open, { select: 4 }],
    ['ArrowUp', 0, open, { select: 0 }],
    ['Home', 3, open, { select: 0 }],
    ['End', 0, open, { select: 4 }],
    ['PageDown', 1, open, { select: 3 }],
    ['*', 0, closed, { expandAll: ['conv1', 'conv2'] }],
    ['x', 0, closed, null]
  ])('%s on row %i', (key, active, rows, move) => {
    expect(treeMove(key, rows, active, 2)).toEqual(move);
  });

  it('typing letters goes to the next row that begins with them', () => {
    expect(typeAhead(open, 0, 'c')).toBe(1);
    expect(typeAhead(open, 4, 'c')).toBe(1);
    expect(typeAhead(open, 1, 'conv2')).toBe(4);
    expect(typeAhead(open, 1, 'z')).toBe(-1);
  });
});
