/** A graph as JSON, with its weights: to hand it to a page. */
import type { GraphNode, ModelGraph, WeightRef } from '../../graph/model-graph';
import { decode, encode, type StoredTensor } from './numbers';

type StoredNode = Omit<GraphNode, 'weights'> & { weights: Record<string, StoredTensor> };

export interface StoredGraph {
  nodes: StoredNode[];
  inputs: ModelGraph['inputs'];
  outputs: ModelGraph['outputs'];
}

export function storeGraph({ nodes, inputs, outputs }: ModelGraph): StoredGraph {
  const stored = nodes.map(node => ({
    ...node,
    weights: Object.fromEntries(
      Object.entries(node.weights).map(([role, weight]) => [role, encode(weight.shape, weight.read())])
    )
  }));
  return { nodes: stored, inputs, outputs };
}

export function restoreGraph({ nodes, inputs, outputs }: StoredGraph): ModelGraph {
  const restored = nodes.map(node => ({
    ...node,
    weights: Object.fromEntries(
      Object.entries(node.weights).map(([role, stored]): [string, WeightRef] => [
        role,
        { name: role, shape: stored.shape, dtype: 'float32', read: () => decode(stored) }
      ])
    )
  }));
  return {
    name: 'stored',
    format: 'stored',
    kerasVersion: null,
    nodes: restored,
    inputs,
    outputs,
    unsupported: [],
    parameterCount: 0,
    dispose: () => undefined
  };
}
