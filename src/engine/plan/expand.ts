/**
 * Layers to steps: what a layer does besides its main kernel (an activation,
 * a second kernel, another data format, one spatial axis) becomes steps of
 * its own, so that the executor knows few operations and knows them well.
 */
import { blockedNodes, type GraphNode, type ModelGraph } from '../../graph/model-graph';
import { named } from '../../graph/named';
import { message, MessageError } from '../../messages/message';
import { activationOf } from './activation-choice';
import { Chain } from './chain';
import { layerRules } from './layer-rules';
import type { Rule } from './rule';
import type { Step } from './step';

/** The steps of every node that can run, in topological order. */
export function expandGraph(graph: ModelGraph): Step[] {
  const blocked = blockedNodes(graph);
  return graph.nodes.flatMap(node => (blocked.has(node.id) || node.op === 'InputLayer' ? [] : expandNode(node)));
}

/** The steps of one layer; the last one has the layer's id. */
export function expandNode(node: GraphNode): Step[] {
  const rule = named(layerRules, node.op);
  if (!rule) {
    throw new MessageError(message('there is no rule for layers of class %1', node.op));
  }
  const chain = new Chain(node);
  const rank = node.outputShape.length;
  const unlift = rule.spatial ? lift(chain, node, rule, rank) : () => undefined;
  rule.expand(chain, node);
  const activation = rule.activated ? activationOf(node.attributes.activation, node.attributes) : null;
  // Steps along an axis of the layer's output come when its axes are in place.
  const isAlongAxis = activation !== null && 'axis' in activation;
  const activate = (): void => {
    if (activation && activation.activation !== 'linear') {
      chain.activate(activation);
    }
  };
  if (!isAlongAxis) {
    activate();
  }
  unlift();
  if (isAlongAxis) {
    activate();
  }
  return chain.finish();
}

/** Brings 1-D and channels-first layers to (n, h, w, c), or (n, d, h, w, c), and returns what takes the result back. */
function lift(chain: Chain, node: GraphNode, rule: Rule, outputRank: number): () => void {
  const oneDimensional = node.op.includes('1D');
  const channelsFirst = node.attributes.data_format === 'channels_first';
  const rank = oneDimensional ? 3 : node.op.includes('3D') ? 5 : 4;
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i);
  const reduced = outputRank < rank && rule.reduces === true;
  if (channelsFirst) {
    chain.push('transpose', { order: [0, ...spatial.map(i => i + 2), 1] });
  }
  if (oneDimensional) {
    chain.push('expandDims', { dim: 1 });
  }
  return () => {
    if (oneDimensional && !(reduced && rule.reduces)) {
      chain.push('squeeze', { dim: 1 });
    }
    if (channelsFirst && !reduced) {
      chain.push('transpose', { order: [0, rank - 1, ...spatial.map(i => i + 1)] });
    }
  };
}
