/** Layers that read the masks of what they are called on: how each takes it. */
import { maskNames } from '../../../graph/classes/attention';
import type { NodeInput } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { FlatNode } from './flat-node';
import { type Grow, isOperation, type Operation, type Term } from './operation';
import { activate, add, binary, divide, expandDims, multiply, reduce, subtract, where } from './terms';

/** Attention, which has a mask for each of query, value and key. */
const OF_HEADS: ReadonlySet<string> = new Set(['MultiHeadAttention', 'GroupQueryAttention']);
const OF_LISTS: ReadonlySet<string> = new Set(['Attention', 'AdditiveAttention']);

export const hasMaskOfEach = (op: string): boolean => OF_HEADS.has(op) || OF_LISTS.has(op);

/** Layers that become others once they have a mask. */
const MADE: Readonly<Record<string, (node: FlatNode, isByKeras2: boolean) => Grow>> = {
  GlobalAveragePooling1D: meanOfShown,
  Softmax: softmaxOfShown
};

export const readsMask = (op: string): boolean => Object.hasOwn(MADE, op);

/** The layer as it reads the mask; null for one that reads none. */
export function reading(node: FlatNode, mask: NodeInput, isByKeras2: boolean): FlatNode | null {
  return readsMask(node.op)
    ? { ...node, inputs: [...node.inputs.slice(0, 1), mask], grow: MADE[node.op](node, isByKeras2) }
    : null;
}

/** The attention with the masks that its inputs bring, besides those that its call names. */
export function withMaskOfEach(node: FlatNode, masks: readonly (NodeInput | null)[]): FlatNode {
  const named = maskNames(node.attributes);
  const [, value, key] = node.inputs;
  const isOne = JSON.stringify(value) === JSON.stringify(key);
  // Where a call of a list names a mask, it names all.
  const roles = OF_HEADS.has(node.op) ? ['query', 'value', ...(isOne ? [] : ['key'])] : ['query', 'value'];
  const brought = OF_LISTS.has(node.op) && named.length > 0 ? [] : roles.filter(role => !named.includes(role));
  const found = brought.flatMap(role => {
    const mask = masks[['query', 'value', 'key'].indexOf(role)];
    return mask ? [{ role, mask }] : [];
  });
  return {
    ...node,
    inputs: [...node.inputs, ...found.map(({ mask }) => mask)],
    attributes: { ...node.attributes, masks: [...named, ...found.map(({ role }) => role)] }
  };
}

/** A product of Keras 3: a factor is 1 where it is masked, and the product 0 where all factors are. */
export function maskedProduct(node: FlatNode, masks: readonly (NodeInput | null)[]): FlatNode {
  const factors = node.inputs;
  const present = masks.filter(mask => mask !== null);
  const grow: Grow = (inputs, shapes) => {
    if (shapes.slice(0, factors.length).some(shape => shape.length !== shapes[0].length)) {
      return message('multiplies values of unequal axes of which some are masked, which GradLens cannot compute');
    }
    const shown = inputs.slice(factors.length).map(mask => expandDims(mask, -1));
    const of = factors.map((_, i) => {
      const at = masks.slice(0, i).filter(mask => mask !== null).length;
      return masks[i] ? where(shown[at], inputs[i], 1) : inputs[i];
    });
    const product = of.reduce((a, b) => multiply(a, b));
    const some = shown.reduce<Operation>((a, b) => binary('or', a, b), shown[0]);
    const made = present.length === factors.length ? where(some, product, 0) : product;
    return isOperation(made) ? made : multiply(made, 1);
  };
  return { ...node, inputs: [...factors, ...present], grow };
}

/** The mean over the steps that count: NaN where none does, as Keras has it. */
function meanOfShown({ attributes }: FlatNode): Grow {
  const [channels, steps] = attributes.data_format === 'channels_first' ? [1, 2] : [2, 1];
  const keeps = attributes.keepdims === true;
  return ([x, mask]) => {
    const shown = expandDims(mask, channels);
    const count = reduce('sum', where(shown, 1, 0), [steps], keeps);
    return divide(reduce('sum', where(shown, x, 0), [steps], keeps), count);
  };
}

/** Far below any score: what is masked gets no share. */
const HIDDEN = -1e9;

/** Keras 2 adds a large number to what is masked; Keras 3 puts it in its place, and zeros after. */
function softmaxOfShown({ attributes }: FlatNode, isByKeras2: boolean): Grow {
  const shares = (of: Term) => activate('softmax', of, { axis: attributes.axis });
  return ([x, mask]) => {
    if (isByKeras2) {
      return shares(add(x, multiply(subtract(1, mask), HIDDEN)));
    }
    const shown = binary('greater', mask, 0.5);
    return where(shown, shares(where(shown, x, HIDDEN)), 0);
  };
}
