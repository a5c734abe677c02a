/**
 * Masks, which say what steps of a sequence are padding. An Embedding with
 * `mask_zero` or a Masking begins one. It follows the tensors through layers
 * that pass it on, though the file may not say so (Keras 2 keeps masks out of
 * it, Keras 3 those of a Sequential), to layers that leave padding out.
 */
import type { NodeInput } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import { type FlatNode, toInput } from './flat-node';

/** Layers behind which there is no mask: they mix or move the steps. */
const ENDS = /Conv|Pooling|Flatten|Reshape|Permute|Padding|Cropping|UpSampling|Resizing|^op:|^Constant$/;

/** Layers that read the mask as a second input. */
const READS: ReadonlySet<string> = new Set(['SimpleRNN', 'LSTM', 'GRU']);

/** Layers whose values depend on the mask, in a way that the engine does not compute. */
const DEPENDS: ReadonlySet<string> = new Set([
  'GlobalAveragePooling1D',
  'MultiHeadAttention',
  'GroupQueryAttention',
  'Attention',
  'AdditiveAttention',
  'Softmax',
  'ConvLSTM1D',
  'ConvLSTM2D',
  'ConvLSTM3D',
  'op:merge_steps'
]);

const REFUSED: Message = message(
  'leaves out the steps that a mask says are padding, which GradLens cannot compute here'
);

/** More than one mask meets here: which holds is not known. */
const UNCLEAR = 'unclear';

type Mask = NodeInput | typeof UNCLEAR;

/** The nodes with masks among their inputs, and those that make masks, in topological order. */
export function withMasks(nodes: readonly FlatNode[]): FlatNode[] {
  const masks = new Map<string, Mask>();
  return nodes.flatMap(node => {
    const mask = node.mask ?? incoming(node, masks);
    const [made, read] = withMask(node, mask);
    const last = made.at(-1);
    const after = last ? toInput(last) : passedOn(node, mask);
    if (after) {
      masks.set(node.id, after);
    }
    return [read, ...made];
  });
}

const nameOf = (mask: Mask): string => (typeof mask === 'object' && 'node' in mask ? mask.node : UNCLEAR);

function incoming({ inputs }: FlatNode, masks: ReadonlyMap<string, Mask>): Mask | null {
  const all = inputs.map(input => ('node' in input ? masks.get(input.node) : undefined));
  const found = all.filter(mask => mask !== undefined);
  return found.length === 0
    ? null
    : all.every(mask => mask !== undefined && nameOf(mask) === nameOf(found[0]))
      ? found[0]
      : UNCLEAR;
}

/** The mask behind a node. */
function passedOn({ op, attributes }: FlatNode, mask: Mask | null): Mask | null {
  const isOfState = READS.has(op) && (attributes.return_sequences !== true || Number(attributes.gives) >= 0);
  return isOfState || ENDS.test(op) ? null : mask;
}

/** The nodes that make a mask of the node's input, if it begins one; and the node as it reads its mask. */
function withMask(node: FlatNode, mask: Mask | null): [FlatNode[], FlatNode] {
  if (node.op === 'Embedding' && node.attributes.mask_zero === true) {
    return [[maskNode(node, 0)], node];
  }
  if (node.op === 'Masking') {
    const values = maskNode(node, Number(node.attributes.mask_value ?? 0));
    return [[values, { ...anyOf(values), id: `${node.id}/mask of steps` }], node];
  }
  if (mask === null) {
    return [[], node];
  }
  if (READS.has(node.op)) {
    return mask === UNCLEAR
      ? [[], { ...node, problem: node.problem ?? REFUSED }]
      : [
          [],
          {
            ...node,
            inputs: [node.inputs[0], mask, ...node.inputs.slice(1)],
            attributes: { ...node.attributes, masked: true }
          }
        ];
  }
  return [[], DEPENDS.has(node.op) ? { ...node, problem: node.problem ?? REFUSED } : node];
}

/** True where a value is not the one that stands for padding. */
const maskNode = ({ id, inputs, className }: FlatNode, padding: number): FlatNode => ({
  id: `${id}/mask`,
  op: 'op:binary',
  className,
  attributes: { function: 'not_equal' },
  inputs: [inputs[0], { constant: padding }],
  home: null,
  problem: null,
  knownShape: null,
  partOf: id
});

/** Steps of which some value counts. */
const anyOf = (node: FlatNode): FlatNode => ({
  ...node,
  op: 'op:reduce',
  attributes: { kind: 'any', axis: [-1], keepdims: false },
  inputs: [toInput(node)]
});
