/**
 * Finds heads that read positions: where places become features with weights of
 * their own, as by Flatten before Dense, or by a convolution that covers all
 * cells. Pooling treats all places alike, and so reads none.
 */
import { familyOf } from './classes';
import { type GraphNode, layerOf, type ModelGraph, sourcesOf } from './model-graph';

/** By name of the output, the layer that reads the places of a value on its way there. */
export type PlaceReaders = Readonly<Record<string, string>>;

/** The readers behind each node, by its id; nodes without any are left out. `isSpatial` says which values have cells. */
export function placeReaders(
  { nodes, outputs }: Pick<ModelGraph, 'nodes' | 'outputs'>,
  isSpatial: (node: GraphNode) => boolean
): ReadonlyMap<string, PlaceReaders> {
  const found = new Map<string, Record<string, string>>();
  const byId = new Map(nodes.map(node => [node.id, node]));
  for (const output of outputs) {
    /** Nodes that lead to the output, and whether a Dense comes behind them. */
    const weighed = new Map([[output.node, false]]);
    const readers = new Map<string, string>();
    for (const node of [...nodes].reverse()) {
      const isWeighed = weighed.get(node.id);
      if (isWeighed === undefined) {
        continue;
      }
      for (const id of sourcesOf(node)) {
        const family = familyOf(node.op);
        weighed.set(id, weighed.get(id) || isWeighed || family === 'dense');
        const source = byId.get(id);
        const ends = source !== undefined && isSpatial(source) && !isSpatial(node);
        const reads = ends && (family === 'convolution' || (family === 'reshape' && isWeighed));
        const reader = reads ? layerOf(node) : readers.get(node.id);
        if (reader !== undefined) {
          readers.set(id, reader);
        }
      }
    }
    readers.forEach((reader, id) => found.set(id, { ...found.get(id), [output.name]: reader }));
  }
  return found;
}
