/** Nodes that make masks of other masks and of values. */
import type { NodeInput } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import { type FlatNode, toInput } from './flat-node';
import { isOperation } from './operation';
import { binary, concatenate, LARGEST, reduce } from './terms';

/** A node of a binary function that is a part of a layer. */
export const operator = (
  { id, className }: FlatNode,
  name: string,
  inputs: NodeInput[],
  attributes: FlatNode['attributes']
): FlatNode => ({
  id: name,
  op: 'op:binary',
  className,
  attributes,
  inputs,
  home: null,
  problem: null,
  knownShape: null,
  partOf: id
});

/** Steps of which some value counts. */
export const anyOf = (node: FlatNode): FlatNode => ({
  ...node,
  op: 'op:reduce',
  attributes: { kind: 'any', axis: [-1], keepdims: false },
  inputs: [toInput(node)]
});

/** The mask of each step (n, t), of one that says more of it (n, t, …). */
export const ofSteps = (node: FlatNode, mask: NodeInput): FlatNode => ({
  ...operator(node, `${node.id}/mask`, [mask], {}),
  op: 'op:shaped',
  grow: ([of], [shape]) =>
    shape.length > 2
      ? reduce(
          'any',
          of,
          shape.slice(2).map((_, i) => i + 2),
          false
        )
      : binary('or', of, of)
});

/** The masks of sequences (n, t, …) one after another; what has none counts. */
export function joinedSteps(node: FlatNode, masks: readonly (NodeInput | null)[]): FlatNode {
  const parts = node.inputs.map((input, i) => masks[i] ?? input);
  return {
    ...operator(node, `${node.id}/mask`, parts, {}),
    op: 'op:shaped',
    grow: (inputs, shapes) => {
      if (shapes.some((shape, i) => shape.length !== (masks[i] ? 2 : 3))) {
        return message('joins masked values that have other axes than steps, of which GradLens makes no mask');
      }
      const shown = inputs.map((input, i) =>
        masks[i] ? input : reduce('any', binary('greater', input, -LARGEST), [-1], false)
      );
      const joined = concatenate(shown, 1);
      return isOperation(joined) ? joined : binary('or', joined, joined);
    }
  };
}
