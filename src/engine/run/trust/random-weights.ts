/**
 * Models with random weights: Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018, section 4.
 * Each weight's own values are shuffled: as random as a new start, and the signals keep their size,
 * also behind layers that normalise by statistics of the trained ones.
 */
import { shuffled } from '../../../explain/trust/ranking';
import { type GraphNode, layerOf, type ModelGraph, sourcesOf, type WeightRef } from '../../../graph/model-graph';

export interface WeightedLayer {
  name: string;
  weights: WeightRef[];
}

/** What was measured before training, not learnt. */
const NOT_LEARNT = new Set(['Normalization']);

/** The layers with weights that a value depends on, from it down; those of a layer that is called again once. */
export function weightedLayers({ nodes }: ModelGraph, value: string): WeightedLayer[] {
  const needed = new Set([value]);
  const seen = new Set<WeightRef>();
  const layers: WeightedLayer[] = [];
  for (const node of [...nodes].reverse()) {
    if (!needed.has(node.id)) {
      continue;
    }
    sourcesOf(node).forEach(id => needed.add(id));
    const weights = NOT_LEARNT.has(node.op) ? [] : Object.values(node.weights).filter(weight => !seen.has(weight));
    weights.forEach(weight => seen.add(weight));
    if (weights.length > 0) {
      layers.push({ name: layerOf(node), weights });
    }
  }
  return layers;
}

/** The same layers in so many groups of nearly one size, in their order. */
export function inStages<T>(layers: readonly T[], stages: number): T[][] {
  const count = Math.min(stages, layers.length);
  const edge = (i: number) => Math.round((i * layers.length) / count);
  return Array.from({ length: count }, (_, i) => layers.slice(edge(i), edge(i + 1)));
}

/** The model with these weights shuffled, and everything else shared. The seed of each is its own, whatever else is shuffled. */
export function withRandomWeights(graph: ModelGraph, weights: ReadonlyMap<WeightRef, number>): ModelGraph {
  const made = new Map<WeightRef, WeightRef>();
  const replaced = (weight: WeightRef): WeightRef => {
    const seed = weights.get(weight);
    if (seed === undefined) {
      return weight;
    }
    const { name, shape, dtype } = weight;
    const random = made.get(weight) ?? { name, shape, dtype, read: () => shuffled(weight.read(), seed) };
    made.set(weight, random);
    return random;
  };
  const change = (node: GraphNode): GraphNode => ({
    ...node,
    weights: Object.fromEntries(Object.entries(node.weights).map(([role, weight]) => [role, replaced(weight)]))
  });
  // The file stays the trained model's.
  return { ...graph, nodes: graph.nodes.map(change), dispose: () => undefined };
}
