/** Operators that are made of others once the shapes of their inputs are known. */
import { layerOf, type Shape } from '../../../graph/model-graph';
import { isMessage, message } from '../../../messages/message';
import type { FlatNode } from '../nodes/flat-node';
import type { FlatNodes } from './flat-nodes';

/** The nodes that the node is made of, itself last; itself alone where it is made of no others. */
export function grown(node: FlatNode, shapes: readonly Shape[], nodes: FlatNodes): FlatNode[] {
  const { grow, ...rest } = node;
  if (!grow || node.problem) {
    return [rest];
  }
  if (shapes.some(shape => shape.length === 0)) {
    // What lies before cannot run either.
    return [{ ...rest, op: 'Identity' }];
  }
  if (shapes.some(shape => shape.slice(1).includes(null))) {
    return [{ ...rest, problem: message('needs sizes that are known only when the model runs') }];
  }
  const before = new Set(nodes.keys());
  const owner = layerOf(node);
  const made = grow(node.inputs, shapes, value => nodes.constant(owner, value));
  if (isMessage(made)) {
    return [{ ...rest, problem: made }];
  }
  const last = nodes.operation(made, node.id, node.className, owner);
  const inner = [...nodes.values()].filter(({ id }) => !before.has(id));
  const { knownShape, partOf } = rest;
  return [...inner, { ...last, knownShape, ...(partOf ? { partOf } : {}) }];
}
