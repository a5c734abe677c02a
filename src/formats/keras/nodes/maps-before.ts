/** Whether there is something to see in front of what cannot run. */
import { isSpatial } from '../../../graph/layers';
import { type GraphNode, layerOf, type Unsupported } from '../../../graph/model-graph';
import { joinMessages, message } from '../../../messages/message';

/**
 * The reasons, with word of the feature maps where a layer that can run stands in front.
 *
 * @param nodes - In the order in which they run.
 */
export function withMapsBefore(unsupported: readonly Unsupported[], nodes: readonly GraphNode[]): Unsupported[] {
  const stops = new Set(unsupported.map(({ node }) => node));
  const known = new Map<string, { runs: boolean; hasMaps: boolean }>();
  const seen = new Set<string>();
  for (const node of nodes) {
    const sources = node.inputs.flatMap(input => ('node' in input ? (known.get(input.node) ?? []) : []));
    const runs = !stops.has(layerOf(node)) && sources.every(source => source.runs);
    const isBefore = sources.some(({ hasMaps }) => hasMaps);
    // The picture itself is there to see anyway.
    known.set(node.id, { runs, hasMaps: isBefore || (runs && node.op !== 'InputLayer' && isSpatial(node)) });
    if (isBefore) {
      seen.add(layerOf(node));
    }
  }
  return unsupported.map(entry =>
    seen.has(entry.node)
      ? {
          ...entry,
          reason: joinMessages(
            [entry.reason, message('The feature maps of the layers before it can still be seen.')],
            ' '
          )
        }
      : entry
  );
}
