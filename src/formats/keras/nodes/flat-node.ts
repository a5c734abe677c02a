/** A call of a layer in the flattened model: what becomes a node of the graph. */
import { addTo } from '../../../graph/lists';
import type { Attributes, NodeInput, WeightRef } from '../../../graph/model-graph';
import type { Message } from '../../../messages/message';
import type { LayerSpec, TensorRef } from '../config/spec';
import type { Grow } from './operation';

export interface FlatNode {
  id: string;
  op: string;
  className: string;
  attributes: Attributes;
  inputs: NodeInput[];
  /** The place of its weights; null for operators. */
  home: LayerHome | null;
  /** The reason that it cannot run, to follow the layer's name, or null. */
  problem: Message | null;
  /** Shape of its output where a call that reads it says so. */
  knownShape: TensorRef['shape'];
  /** The mask that its call names. */
  mask?: NodeInput | null;
  /** Id of the operator that it is a part of: no layer of the model's own. */
  partOf?: string;
  /** The value of a Constant. */
  constant?: WeightRef;
  /** What it is made of once shapes are known. */
  grow?: Grow;
}

/** The places by which files know a layer. */
export interface LayerHome {
  /** Names from the outermost model's layer inwards. */
  names: string[];
  /** `.keras` container path: `layers/functional/layers/conv2d`. */
  storage: string;
  spec: LayerSpec;
  /** In a wrapper, whose name it may go by. */
  isWrapped?: boolean;
  /** Of a recurrent layer: where, in its place, the cell is that has the weights. */
  cell?: string;
}

/** A node that an operator became once shapes are known, with weights of its own. */
export interface Completed {
  node: FlatNode;
  weights: Readonly<Record<string, WeightRef>>;
}

/** A node's output as another's input. */
export const toInput = ({ id }: Pick<FlatNode, 'id'>): NodeInput => ({ node: id, output: 0 });

/** The nodes that take each node's output. */
export function readersOf(nodes: readonly FlatNode[]): ReadonlyMap<string, readonly FlatNode[]> {
  const readers = new Map<string, FlatNode[]>();
  nodes.forEach(node => node.inputs.forEach(input => 'node' in input && addTo(readers, input.node, node)));
  return readers;
}
