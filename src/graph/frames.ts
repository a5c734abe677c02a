/** Tells the frames of a video from the slices of a volume, by what a model does with them. */
import { familyOf } from './classes';
import { type ModelGraph, sourcesOf } from './model-graph';

/** True if a layer takes a volume, (n, t, h, w, c), for steps in time: TimeDistributed, or one that is recurrent. */
export function areFrames({ nodes }: Pick<ModelGraph, 'nodes'>): boolean {
  const volumes = new Set(nodes.flatMap(({ id, outputShape }) => (outputShape.length === 5 ? [id] : [])));
  return nodes.some(node => familyOf(node.op) === 'recurrent' && sourcesOf(node).some(id => volumes.has(id)));
}
