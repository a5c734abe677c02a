/** Models whose shapes lead WebGL's shader cache astray where its key does not tell shapes apart. */
import type { GraphNode, ModelGraph } from '../../graph/model-graph';
import { graphOf, node, weight } from './graphs';

const conv = (id: string, from: string, size: number, shape: (number | null)[], channels: number, seed: number) =>
  node(
    id,
    'Conv2D',
    [from],
    shape,
    { padding: 'valid', kernel_size: [size, size], strides: [1, 1] },
    {
      kernel: weight(`${id}/kernel`, [size, size, channels, shape.at(-1) as number], seed),
      bias: weight(`${id}/bias`, [shape.at(-1) as number], seed + 1)
    }
  );

const pool = (id: string, from: string, shape: (number | null)[]) =>
  node(id, 'MaxPooling2D', [from], shape, { pool_size: [2, 2], strides: [2, 2], padding: 'valid' });

const dense = (id: string, from: string, size: number, units: number, seed: number) =>
  node(
    id,
    'Dense',
    [from],
    [null, units],
    {},
    { kernel: weight(`${id}/kernel`, [size, units], seed), bias: weight(`${id}/bias`, [units], seed + 1) }
  );

/** An odd number of rows into a 1 x 1 convolution, then pooling. */
const trunk = (): GraphNode[] => [
  node('image', 'InputLayer', [], [null, 28, 28, 1]),
  conv('conv', 'image', 3, [null, 26, 26, 8], 1, 1),
  pool('pool', 'conv', [null, 13, 13, 8]),
  conv('pointwise', 'pool', 1, [null, 13, 13, 16], 8, 3),
  pool('pool2', 'pointwise', [null, 6, 6, 16])
];

/** By name; each takes (n, 28, 28, 1). */
export const SHAPE_MODELS: Readonly<Record<string, () => ModelGraph>> = {
  upsampling: () =>
    graphOf([
      ...trunk(),
      node('up', 'UpSampling2D', ['pool2'], [null, 12, 12, 16], { size: [2, 2], interpolation: 'bilinear' })
    ]),
  resizing: () =>
    graphOf([
      ...trunk(),
      node('resized', 'Resizing', ['pool2'], [null, 9, 11, 16], { height: 9, width: 11, interpolation: 'bilinear' })
    ]),
  reshape: () =>
    graphOf([
      ...trunk(),
      node('reshaped', 'Reshape', ['pool2'], [null, 576], { target_shape: [576] }),
      dense('dense', 'reshaped', 576, 7, 5)
    ]),
  leaky: () =>
    graphOf([
      node('image', 'InputLayer', [], [null, 28, 28, 1]),
      conv('conv', 'image', 3, [null, 26, 26, 5], 1, 7),
      pool('pool', 'conv', [null, 13, 13, 5]),
      node('leaky', 'LeakyReLU', ['pool'], [null, 13, 13, 5], { negative_slope: 0.3 }),
      node('flat', 'Flatten', ['leaky'], [null, 845], {}),
      dense('dense', 'flat', 845, 3, 9)
    ]),
  mnist: () =>
    graphOf([
      node('image', 'InputLayer', [], [null, 28, 28, 1]),
      conv('conv', 'image', 3, [null, 26, 26, 8], 1, 11),
      pool('pool', 'conv', [null, 13, 13, 8]),
      node('flat', 'Flatten', ['pool'], [null, 1352], {}),
      dense('dense', 'flat', 1352, 10, 13)
    ])
};
