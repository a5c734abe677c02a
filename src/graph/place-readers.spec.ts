import { describe, expect, it } from 'vitest';
import { graphOf, node } from '../engine/testing/graphs';
import { layerInfos } from './layers';
import type { GraphNode } from './model-graph';

const image = node('image', 'InputLayer', [], [null, 8, 8, 1]);
const conv = node('conv', 'Conv2D', ['image'], [null, 8, 8, 4]);
const pool = node('pool', 'MaxPooling2D', ['conv'], [null, 4, 4, 4]);
const dense = (from: string, id = 'scores'): GraphNode => node(id, 'Dense', [from], [null, 10]);

const readersAt = (layer: string, nodes: GraphNode[], outputs = [nodes.at(-1)!]): unknown =>
  layerInfos(
    graphOf(nodes, { outputs: outputs.map(({ id, outputShape }) => ({ node: id, name: id, shape: outputShape })) })
  ).find(({ id }) => id === layer)?.placeReaders;

describe('a head that reads positions', () => {
  it.each<[string, string, GraphNode[]]>([
    ['Flatten before Dense', 'flat', [node('flat', 'Flatten', ['pool'], [null, 64]), dense('flat')]],
    ['Reshape to one vector', 'flat', [node('flat', 'Reshape', ['pool'], [null, 64]), dense('flat')]],
    [
      'Flatten with Dropout between',
      'flat',
      [
        node('flat', 'Flatten', ['pool'], [null, 64]),
        node('drop', 'Dropout', ['flat'], [null, 64]),
        dense('drop', 'hidden'),
        dense('hidden')
      ]
    ],
    [
      'a convolution over all cells',
      'all',
      [node('all', 'Conv2D', ['pool'], [null, 1, 1, 10]), node('flat', 'Flatten', ['all'], [null, 10])]
    ],
    [
      'pooling beside Flatten',
      'flat',
      [
        node('gap', 'GlobalAveragePooling2D', ['pool'], [null, 4]),
        node('flat', 'Flatten', ['pool'], [null, 64]),
        node('both', 'Concatenate', ['gap', 'flat'], [null, 68]),
        dense('both')
      ]
    ]
  ])('is one of %s', (_, reader, head) => {
    const nodes = [image, conv, pool, ...head];
    const output = nodes.at(-1)!.id;
    expect(readersAt('conv', nodes)).toEqual({ [output]: reader });
    expect(readersAt('pool', nodes)).toEqual({ [output]: reader });
    expect(readersAt(output, nodes)).toEqual({});
  });

  it.each<[string, GraphNode[]]>([
    ['global average pooling', [node('gap', 'GlobalAveragePooling2D', ['pool'], [null, 4]), dense('gap')]],
    ['global max pooling', [node('gap', 'GlobalMaxPooling2D', ['pool'], [null, 4]), dense('gap')]],
    [
      'Flatten of one cell',
      [
        node('gap', 'AveragePooling2D', ['pool'], [null, 1, 1, 4]),
        node('flat', 'Flatten', ['gap'], [null, 4]),
        dense('flat')
      ]
    ],
    ['the mean, as an operator', [node('mean', 'op:reduce', ['pool'], [null, 4], { kind: 'mean' }), dense('mean')]],
    [
      'scores of cells, pooled',
      [
        node('cells', 'Dense', ['pool'], [null, 4, 4, 10]),
        node('scores', 'GlobalAveragePooling2D', ['cells'], [null, 10])
      ]
    ],
    ['Flatten as the output', [node('flat', 'Flatten', ['pool'], [null, 64])]]
  ])('is not one of %s', (_, head) => {
    expect(readersAt('conv', [image, conv, pool, ...head])).toEqual({});
  });

  it('is that of the output which it leads to', () => {
    const nodes = [
      image,
      conv,
      node('gap', 'GlobalAveragePooling2D', ['conv'], [null, 4]),
      dense('gap', 'class'),
      node('flat', 'Flatten', ['conv'], [null, 256]),
      dense('flat', 'box')
    ];
    expect(readersAt('conv', nodes, [nodes[3], nodes[5]])).toEqual({ box: 'flat' });
  });
});
