/**
 * The layers of a model that is called on each step: each is shown as what it gives for
 * all steps, (n, t, …), though it runs on the steps as on samples, (n t, …).
 */
import type { NodeInput } from '../../../graph/model-graph';
import { type FlatNode, toInput } from '../nodes/flat-node';
import type { FlatNodes } from './flat-nodes';

/**
 * Puts, in place of each of `inner`, a node of the same id that undoes the merging of
 * steps, around the one that runs; gives the merged values of an input.
 *
 * @param merged - The merged steps of `like`.
 */
export function showFrames(
  nodes: FlatNodes,
  inner: readonly FlatNode[],
  merged: NodeInput,
  like: NodeInput
): (input: NodeInput) => NodeInput {
  /** Nodes of merged values, by the id under which others read them. */
  const runs = new Map('node' in merged ? [[merged.node, merged.node]] : []);
  const isOfSteps = (input: NodeInput): boolean => 'node' in input && runs.has(input.node);
  const mergedOf = (input: NodeInput): NodeInput => {
    const run = 'node' in input ? runs.get(input.node) : undefined;
    return run === undefined ? input : toInput({ id: run });
  };
  const add = (node: FlatNode): void => void nodes.set(node.id, node);
  inner.forEach(({ id }) => nodes.delete(id));
  for (const node of inner) {
    const inputs = node.inputs.map(mergedOf);
    const runsOnSteps = node.inputs.some(isOfSteps);
    if (node.partOf !== undefined || !runsOnSteps) {
      add({ ...node, inputs });
      if (runsOnSteps) {
        runs.set(node.id, node.id);
      }
      continue;
    }
    const { id, className, attributes } = node;
    const part = { ...node, inputs, partOf: id, id: nodes.freeId(id, 'each') };
    const isFirst = attributes.data_format === 'channels_first';
    const whole = { ...part, id, className, partOf: undefined, home: null, problem: null, knownShape: null };
    const again = { ...whole, id: `${id}/steps`, op: 'op:merge_steps', attributes: {}, inputs: [toInput({ id })] };
    add(part);
    add({
      ...whole,
      op: 'op:split_steps',
      attributes: isFirst ? { data_format: 'channels_first' } : {},
      inputs: [toInput(part), like]
    });
    add({ ...again, partOf: id });
    runs.set(id, again.id);
  }
  return mergedOf;
}
