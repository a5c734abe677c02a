/** Turns a layer class or operator into steps. */
import type { GraphNode, WeightRef } from '../../graph/model-graph';
import type { OpName } from '../ops/registry';
import type { Chain } from './chain';

export interface Rule {
  expand(chain: Chain, node: GraphNode): void;
  /** Its config may name an `activation`. */
  activated?: boolean;
  /** Works on (n, h, w, c): one-dimensional and channels-first kin are brought to that. */
  spatial?: boolean;
  /** Its output may have no spatial axes. */
  reduces?: boolean;
}

/** One step that has all that the layer has. */
export const plain = (op: OpName): Rule => ({ expand: (chain, node) => chain.push(op, node.attributes, node.weights) });

/** Reduces the image axes where they are, so needs no transposing. */
export const overall = (op: 'globalAverage' | 'globalMax', count: 1 | 2 | 3): Rule => ({
  expand(chain, { attributes }) {
    const first = attributes.data_format === 'channels_first' ? 2 : 1;
    const axes = Array.from({ length: count }, (_, i) => first + i);
    chain.push(op, { axes, keepdims: attributes.keepdims === true });
  }
});

/** The kernels of a layer over signals as those of one over pictures of one row: the values are the same. */
export const withRow = (weights: Readonly<Record<string, WeightRef>>): Record<string, WeightRef> =>
  Object.fromEntries(
    Object.entries(weights).map(([role, ref]) => [
      role,
      role.endsWith('kernel') ? { ...ref, shape: [1, ...ref.shape] } : ref
    ])
  );
