/**
 * Finds values whose cells do not lie where the picture has them: operators
 * moved, turned or took out axes. A map of such a value cannot be laid over the
 * picture.
 */
import { familyOf, layerClass } from './classes';
import { type GraphNode, type ModelGraph, sourcesOf } from './model-graph';

/** True of what is left of a video's frames: a vector each, or tokens. */
const isOfFrames = ({ op, outputShape: { length: rank } }: GraphNode): boolean =>
  rank === 3 || (rank === 4 && op === 'op:split_steps');

/**
 * The ids of such nodes; `isSpatial` says which values have cells at all. What
 * merges a displaced value with one in its place has the place of the latter,
 * as features that an attention map weighs. An operator on the input itself
 * only changes its layout.
 */
export function displacedNodes(
  graph: Pick<ModelGraph, 'nodes'>,
  isSpatial: (node: GraphNode) => boolean
): ReadonlySet<string> {
  const byId = new Map(graph.nodes.map(node => [node.id, node]));
  const displaced = new Set<string>();
  for (const node of graph.nodes) {
    const sources = sourcesOf(node)
      .flatMap(id => byId.get(id) ?? [])
      .filter(isSpatial);
    const moves =
      (layerClass(node.op)?.moves?.(node.attributes) === true && sources.some(({ op }) => op !== 'InputLayer')) ||
      (isOfFrames(node) && sources.some(({ outputShape }) => outputShape.length === 5));
    const follows = sources.length > 0 && sources.every(({ id }) => displaced.has(id));
    if (isSpatial(node) && (moves || follows)) {
      displaced.add(node.id);
    }
  }
  return displaced;
}

/** True if a layer takes a volume, (n, t, h, w, c), for steps in time: TimeDistributed, or one that is recurrent. */
export function areFrames({ nodes }: Pick<ModelGraph, 'nodes'>): boolean {
  const volumes = new Set(nodes.flatMap(({ id, outputShape }) => (outputShape.length === 5 ? [id] : [])));
  const isInTime = ({ op }: GraphNode): boolean => familyOf(op) === 'recurrent' && op !== 'Masking';
  return nodes.some(node => isInTime(node) && sourcesOf(node).some(id => volumes.has(id)));
}
