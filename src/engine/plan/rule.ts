/** How a layer class or operator becomes steps. */
import type { GraphNode } from '../../graph/model-graph';
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
