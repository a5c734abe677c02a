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
import { anyOf, joinedSteps, ofSteps, operator } from './mask-nodes';
import { hasMaskOfEach, maskedMerge, mergesMasked, reading, readsMask, withMaskOfEach } from './masked';

/** Layers behind which there is no mask: they mix or move the steps, or do not say that they pass masks on. */
const ENDS =
  /Conv(?!LSTM)|Pooling|Flatten|Reshape|Permute|Padding|Cropping|UpSampling|Resizing|LocallyConnected|Spectrogram|^(?:AutoContrast|ContrastLimited|CategoryEncoding|Discretization|Hash|IntegerLookup|Embedding|RMSNormalization|EinsumDense|RepeatVector|CenterCrop|LayerScale|ReversibleEmbedding)|^Dot$/;

/** Layers that say that they pass masks on. */
const PASSES =
  /^(?:Activation|ActivityRegularization|Identity|Dense|Normalization|Rescaling|Softmax|Bidirectional|Concatenate|SimpleRNN|GRU|(?:Conv)?LSTM(?:\dD)?|Add|Subtract|Multiply|Average|Maximum|Minimum)$|Dropout|Noise|ReLU|^ELU$|(?:Batch|Layer|Group|Unit)Normalization/;

/** Layers of pictures that change them in training alone: elsewhere they give back the very tensor, and its mask. */
const AUGMENTS = /^Random|^RandAugment|^AugMix|^MixUp|^CutMix|^Solarization|^Equalization/;

/** Operators that give back the very tensor that they take, and so its mask: the others of Keras have none. */
const GIVES_BACK = /(?:^|\.)(?:cast|convert_?to_?tensor|array|conj(?:ugate)?|real)$/i;

/** The same of Keras 2 alone. */
const ENDS_IN_KERAS_2: ReadonlySet<string> = new Set(['Rescaling', 'Normalization', 'Identity']);

/** Layers that read the mask as a second input. */
const READS: ReadonlySet<string> = new Set(['SimpleRNN', 'LSTM', 'GRU', 'ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D']);

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

/** What is known in front of a node. */
interface Before {
  masks: ReadonlyMap<string, Mask>;
  nodes: ReadonlyMap<string, FlatNode>;
  writer: Writer;
}

/** The nodes with masks among their inputs, and those that make masks, in topological order. */
export function withMasks(nodes: readonly FlatNode[], writer: Writer): FlatNode[] {
  const masks = new Map<string, Mask>();
  const before = { masks, nodes: new Map(nodes.map(node => [node.id, node])), writer };
  return nodes.flatMap(node => {
    const { made, read, after } = atNode(node, before);
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

function atNode(node: FlatNode, before: Before): AtNode {
  const { writer } = before;
  const begun = begins(node);
  if (begun.length > 0) {
    return { made: begun, read: node, after: toInput(begun[begun.length - 1]) };
  }
  const own = node.inputs.map(input => maskAt(input, before));
  const first = node.mask ?? own[0] ?? null;
  if (node.op === 'op:merge_steps') {
    return { made: [], read: node, after: ofFrames(node, first, before) };
  }
  if (!node.mask && own.every(mask => mask === null)) {
    return { made: [], read: node, after: null };
  }
  switch (true) {
    case node.op === 'op:split_steps':
      return behindFrames(node, node.mask ?? own[1], own[0], writer);
    case isOperator(node):
      return { made: [], read: node, after: node.op === 'Identity' && GIVES_BACK.test(node.className) ? first : null };
    case hasMaskOfEach(node.op):
      return atAttention(node, own.slice(0, 3), writer);
    case READS.has(node.op):
      return atSteps(node, first, writer);
    case mergesMasked(node.op) && !writer.isByKeras2: {
      const { made, mask } = merged(node, own, before);
      const isUnclear = own.includes(UNCLEAR);
      const read = isUnclear ? { ...node, problem: node.problem ?? REFUSED } : maskedMerge(node, knownOf(own));
      return { made, read, after: mask };
    }
  }
  const { made, mask } = node.mask ? { made: [], mask: node.mask } : merged(node, own, before);
  return { made, read: mask ? asRead(node, mask, writer) : node, after: mask && passedOn(node, mask, before) };
}

const maskAt = (input: NodeInput | undefined, { masks }: Pick<Before, 'masks'>): Mask | null =>
  input && 'node' in input ? (masks.get(input.node) ?? null) : null;

/** Operators have no home; nor has what merges both ways of a Bidirectional, which is a layer. */
const isOperator = ({ home, op }: FlatNode): boolean => home === null && op !== 'Bidirectional';

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

/**
 * The mask of steps that became samples. Of each of these, the mask of the steps tells one
 * thing: layers pass that on, and none reads it. What undoes the showing of frames is behind
 * what the layer itself gives.
 */
function ofFrames(node: FlatNode, mask: Mask | null, before: Before): Mask | null {
  const [input] = node.inputs;
  const shown = 'node' in input ? before.nodes.get(input.node) : undefined;
  return shown?.op === 'op:split_steps' && shown.id === node.partOf ? maskAt(shown.inputs[0], before) : mask && UNCLEAR;
}

/** Keras 3 passes on the mask of the steps; Keras 2 one that the layer on the steps began, or what the other tells of each step. */
function behindFrames(node: FlatNode, steps: Mask | null, inside: Mask | null, { isByKeras2 }: Writer): AtNode {
  if (!isByKeras2 || steps === UNCLEAR || inside === UNCLEAR) {
    return { made: [], read: node, after: steps };
  }
  if (inside !== null || steps === null) {
    return { made: [], read: node, after: inside && UNCLEAR };
  }
  const each = ofSteps(node, steps);
  return { made: [each], read: node, after: toInput(each) };
}

function atAttention(node: FlatNode, own: readonly (Mask | null)[], { isBeforeMasks }: Writer): AtNode {
  const after = node.attributes.gives === 'scores' ? null : own[0];
  const isUnclear = own.includes(UNCLEAR);
  const problem = node.problem ?? (isUnclear ? REFUSED : isBeforeMasks && /Head|Query/.test(node.op) ? IS_OLD : null);
  const read = problem ? { ...node, problem } : withMaskOfEach(node, knownOf(own));
  return { made: [], read, after };
}

/** A recurrent layer: Keras 3 does not take its sequence's mask where it is called with states besides. */
function atSteps(node: FlatNode, mask: Mask | null, { isByKeras2 }: Writer): AtNode {
  const [sequence, ...states] = node.inputs;
  const { return_sequences: all, gives } = node.attributes;
  const after = all === true && !(Number(gives) >= 0) ? mask : null;
  if (mask === null || (states.length > 0 && !node.mask && !isByKeras2)) {
    return { made: [], read: node, after };
  }
  const read =
    mask === UNCLEAR
      ? { ...node, problem: node.problem ?? REFUSED }
      : { ...node, inputs: [sequence, mask, ...states], attributes: { ...node.attributes, masked: true } };
  return { made: [], read, after };
}

/** The one mask of all inputs of a node, and the nodes that make it. */
function merged(
  node: FlatNode,
  own: readonly (Mask | null)[],
  { nodes, writer: { isByKeras2 } }: Before
): { made: FlatNode[]; mask: Mask | null } {
  const found = own.filter(mask => mask !== null);
  const different = found.filter((mask, i) => found.findIndex(other => nameOf(other) === nameOf(mask)) === i);
  const ranks = node.inputs.map(input => 'node' in input && nodes.get(input.node)?.knownShape?.length);
  const { axis = -1 } = node.attributes;
  const isJoining = node.op === 'Concatenate';
  const joins = MERGES.has(node.op) || (isJoining && (axis === -1 || ranks.includes(Number(axis) + 1)));
  if (different.includes(UNCLEAR)) {
    return { made: [], mask: UNCLEAR };
  }
  if (isJoining && !joins) {
    const joined = axis === 1 ? joinedSteps(node, knownOf(own)) : null;
    return { made: joined ? [joined] : [], mask: joined ? toInput(joined) : UNCLEAR };
  }
  if (!joins && (different.length > 1 || found.length < own.length)) {
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
  return masked ?? (readsMask(node.op) || isMeasured ? { ...node, problem: node.problem ?? REFUSED } : node);
}

/** The mask behind a layer. */
function passedOn({ op, home, className, inputs: [input] }: FlatNode, mask: Mask, before: Before): Mask | null {
  const { isByKeras2 } = before.writer;
  if (home?.spec.declared) {
    // Whether a class of one's own passes masks on, its code says.
    return UNCLEAR;
  }
  if (AUGMENTS.test(op)) {
    const shape = 'node' in input ? before.nodes.get(input.node)?.knownShape : null;
    // Keras 3 takes three axes for a picture, and makes a sample of it.
    return isByKeras2 ? mask : shape?.length === 3 ? null : UNCLEAR;
  }
  if (ENDS.test(op) || (isByKeras2 && ENDS_IN_KERAS_2.has(className))) {
    return null;
  }
  return PASSES.test(op) && layerClass(op) ? mask : UNCLEAR;
}

/** True where a value is not the one that stands for padding. */
const maskNode = (node: FlatNode, padding: number): FlatNode =>
  operator(node, `${node.id}/mask`, [node.inputs[0], { constant: padding }], { function: 'not_equal' });
