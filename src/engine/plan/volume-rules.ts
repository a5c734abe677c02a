/**
 * Rules of layers over volumes and videos, (n, d, h, w, c): one step each, and the transposes of channels-first ones.
 */
import { numbersOf } from '../../graph/attributes';
import type { Attributes, GraphNode } from '../../graph/model-graph';
import type { OpName } from '../ops/registry';
import { overall, type Rule } from './rule';

function taken({ attributes }: GraphNode, keys: readonly string[]): Attributes {
  return Object.fromEntries(keys.map(key => [key, attributes[key]]));
}

/** One step with these of the layer's attributes. */
const taking = (op: OpName, ...keys: string[]): Rule => ({
  spatial: true,
  expand: (chain, node) => chain.push(op, taken(node, keys), node.weights)
});

const convolving = (op: OpName, ...keys: string[]): Rule => ({
  ...taking(op, 'strides', 'dilation_rate', 'padding', ...keys),
  activated: true
});

const pooling = (op: OpName): Rule => ({
  spatial: true,
  expand(chain, { attributes }) {
    const pool_size = numbersOf(attributes, 'pool_size', [2]);
    chain.push(op, { pool_size, strides: attributes.strides ?? pool_size, padding: attributes.padding ?? 'valid' });
  }
});

export const volumeRules: Readonly<Record<string, Rule>> = {
  Conv3D: convolving('conv3d', 'groups'),
  Conv3DTranspose: convolving('conv3dTranspose', 'output_padding'),
  MaxPooling3D: pooling('maxPool3d'),
  AveragePooling3D: pooling('averagePool3d'),
  AdaptiveAveragePooling3D: taking('adaptiveAveragePool3d', 'output_size'),
  AdaptiveMaxPooling3D: taking('adaptiveMaxPool3d', 'output_size'),
  GlobalAveragePooling3D: overall('globalAverage', 3),
  GlobalMaxPooling3D: overall('globalMax', 3),
  ZeroPadding3D: taking('zeroPadding3d', 'padding'),
  Cropping3D: taking('cropping3d', 'cropping'),
  UpSampling3D: taking('upSampling3d', 'size')
};
