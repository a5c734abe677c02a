/**
 * Masks, which say what steps of a sequence are padding. An Embedding with
 * `mask_zero` or a Masking begins one. It follows the tensors through layers
 * that pass it on, though the file may not say so (Keras 2 keeps masks out of
 * it, Keras 3 those of a Sequential), to layers that leave padding out.
 */
import { layerClass } from '../../../graph/classes';
import type { NodeInput } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import { type FlatNode, toInput } from './flat-node';
import { hasMaskOfEach, maskedProduct, reading, readsMask, withMaskOfEach } from './masked';

/** Layers behind which there is no mask: they mix or move the steps, or do not say that they pass masks on. */
const ENDS =
  /Conv|Pooling|Flatten|Reshape|Permute|Padding|Cropping|UpSampling|Resizing|LocallyConnected|^Random|^RMSNormalization|^EinsumDense|^RepeatVector|^CenterCrop|^LayerScale|^Dot$|^op:|^Constant$/;

/** The same of Keras 2 alone. */
const ENDS_IN_KERAS_2: ReadonlySet<string> = new Set(['Rescaling', 'Normalization', 'Identity']);

/** Layers that read the mask as a second input. */
const READS: ReadonlySet<string> = new Set(['SimpleRNN', 'LSTM', 'GRU']);

/** Layers whose values depend on the mask, in a way that the engine does not compute. */
const DEPENDS: ReadonlySet<string> = new Set(['ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D', 'op:merge_steps']);

/** Layers whose mask is made of those of all their inputs. */
const MERGES: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum']);

const REFUSED: Message = message(
  'leaves out the steps that a mask says are padding, which GradLens cannot compute here'
);
const IS_OLD: Message = message(
  'is called on steps of which a mask says that some are padding, which Keras before 2.10 does not leave out, but later ones do'
);

/** More than one mask meets here, or what becomes of one is not known. */
const UNCLEAR = 'unclear';

type Mask = NodeInput | typeof UNCLEAR;

/** Who wrote the model. */
export interface Writer {
  isByKeras2: boolean;
  /** Before masks reached MultiHeadAttention: Keras 2.9 and before. */
  isBeforeMasks: boolean;
}

/** The nodes with masks among their inputs, and those that make masks, in topological order. */
export function withMasks(nodes: readonly FlatNode[], writer: Writer): FlatNode[] {
  const masks = new Map<string, Mask>();
  return nodes.flatMap(node => {
    const { made, read, after } = atNode(node, masks, writer);
    if (after) {
      masks.set(node.id, after);
    }
    return [read, ...made];
  });
}

interface AtNode {
  /** Nodes that make a mask. */
  made: FlatNode[];
  /** The node as it reads its mask. */
  read: FlatNode;
  /** The mask behind it. */
  after: Mask | null;
}

function atNode(node: FlatNode, masks: ReadonlyMap<string, Mask>, writer: Writer): AtNode {
  const begun = begins(node);
  if (begun.length > 0) {
    return { made: begun, read: node, after: toInput(begun[begun.length - 1]) };
  }
  const own = node.inputs.map(input => ('node' in input ? (masks.get(input.node) ?? null) : null));
  if (!node.mask && own.every(mask => mask === null)) {
    return { made: [], read: node, after: null };
  }
  if (hasMaskOfEach(node.op)) {
    return atAttention(node, own.slice(0, 3), writer);
  }
  if (node.op === 'Multiply' && !writer.isByKeras2) {
    const { made, mask } = merged(node, own, writer);
    const read = own.includes(UNCLEAR)
      ? { ...node, problem: node.problem ?? REFUSED }
      : maskedProduct(node, knownOf(own));
    return { made, read, after: mask };
  }
  const { made, mask } = node.mask ? { made: [], mask: node.mask } : merged(node, own, writer);
  return { made, read: mask ? asRead(node, mask, writer) : node, after: mask && passedOn(node, mask, writer) };
}

/** The nodes that make a mask of the node's input, the mask last; none if it begins none. */
function begins(node: FlatNode): FlatNode[] {
  const { op, attributes } = node;
  if (op === 'Masking') {
    const values = maskNode(node, Number(attributes.mask_value ?? 0));
    return [values, { ...anyOf(values), id: `${node.id}/mask of steps` }];
  }
  const isEmbedding = op === 'Embedding' || (op === 'ReversibleEmbedding' && attributes.reverse !== true);
  return isEmbedding && attributes.mask_zero === true ? [maskNode(node, 0)] : [];
}

const isKnown = (mask: Mask | null): mask is NodeInput => mask !== null && mask !== UNCLEAR;

const knownOf = (masks: readonly (Mask | null)[]): (NodeInput | null)[] =>
  masks.map(mask => (isKnown(mask) ? mask : null));

function atAttention(node: FlatNode, own: readonly (Mask | null)[], { isBeforeMasks }: Writer): AtNode {
  const after = node.attributes.gives === 'scores' ? null : own[0];
  const isUnclear = own.includes(UNCLEAR);
  const problem = node.problem ?? (isUnclear ? REFUSED : isBeforeMasks && /Head|Query/.test(node.op) ? IS_OLD : null);
  const read = problem ? { ...node, problem } : withMaskOfEach(node, knownOf(own));
  return { made: [], read, after };
}

/** The one mask of all inputs of a node, and the nodes that make it. */
function merged(
  node: FlatNode,
  own: readonly (Mask | null)[],
  { isByKeras2 }: Writer
): { made: FlatNode[]; mask: Mask | null } {
  const found = own.filter(mask => mask !== null);
  const different = found.filter((mask, i) => found.findIndex(other => nameOf(other) === nameOf(mask)) === i);
  const joins = MERGES.has(node.op) || (node.op === 'Concatenate' && node.attributes.axis === -1);
  if (different.includes(UNCLEAR) || (!joins && (different.length > 1 || found.length < own.length))) {
    return { made: [], mask: UNCLEAR };
  }
  if (joins && !isByKeras2 && found.length < own.length) {
    return { made: [], mask: null };
  }
  // Keras 2 leaves out what one of the masks does, Keras 3 what all of them do.
  const made: FlatNode[] = [];
  const mask = different.reduce((one, other) => {
    const both = operator(node, `${node.id}/mask${made.length || ''}`, [one as NodeInput, other as NodeInput], {
      function: isByKeras2 ? 'and' : 'or'
    });
    made.push(both);
    return toInput(both);
  });
  return { made, mask };
}

const nameOf = (mask: Mask): string => (typeof mask === 'object' && 'node' in mask ? mask.node : UNCLEAR);

function asRead(node: FlatNode, mask: Mask, { isByKeras2 }: Writer): FlatNode {
  // Keras 2 measures what is not masked alone.
  const isMeasured = isByKeras2 && node.op === 'GroupNormalization';
  const masked = mask === UNCLEAR ? null : reading(node, mask, isByKeras2);
  if (masked) {
    return masked;
  }
  if (READS.has(node.op) && mask !== UNCLEAR) {
    const [first, ...others] = node.inputs;
    return { ...node, inputs: [first, mask, ...others], attributes: { ...node.attributes, masked: true } };
  }
  return READS.has(node.op) || DEPENDS.has(node.op) || readsMask(node.op) || isMeasured
    ? { ...node, problem: node.problem ?? REFUSED }
    : node;
}

/** The mask behind a node. */
function passedOn({ op, attributes, home, className }: FlatNode, mask: Mask, { isByKeras2 }: Writer): Mask | null {
  const isOfState = READS.has(op) && (attributes.return_sequences !== true || Number(attributes.gives) >= 0);
  if (isOfState || ENDS.test(op) || (isByKeras2 && ENDS_IN_KERAS_2.has(className)) || op === 'ReversibleEmbedding') {
    return null;
  }
  // Whether a class of one's own passes masks on, its code says.
  return home?.spec.declared || !layerClass(op) ? UNCLEAR : mask;
}

const operator = (
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

/** True where a value is not the one that stands for padding. */
const maskNode = (node: FlatNode, padding: number): FlatNode =>
  operator(node, `${node.id}/mask`, [node.inputs[0], { constant: padding }], { function: 'not_equal' });

/** Steps of which some value counts. */
const anyOf = (node: FlatNode): FlatNode => ({
  ...node,
  op: 'op:reduce',
  attributes: { kind: 'any', axis: [-1], keepdims: false },
  inputs: [toInput(node)]
});
