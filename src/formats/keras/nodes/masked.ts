/** Layers that read the masks of what they are called on: how each takes it. */
import { maskNames } from '../../../graph/classes/attention';
import type { NodeInput, Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { FlatNode } from './flat-node';
import { type Grow, isOperation, type Operation, type Term } from './operation';
import {
  activate,
  add,
  binary,
  divide,
  expandDims,
  maximum,
  minimum,
  multiply,
  reduce,
  subtract,
  where
} from './terms';

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

/** Layers of Keras 3 that merge values in another way where these are masked. */
const MERGES: Readonly<Record<string, (inputs: readonly Term[], shown: readonly (Operation | null)[]) => Operation>> = {
  Multiply: productOfShown,
  Maximum: (inputs, shown) => extremeOfShown(inputs, shown, maximum),
  Minimum: (inputs, shown) => extremeOfShown(inputs, shown, minimum)
};

export const mergesMasked = (op: string): boolean => Object.hasOwn(MERGES, op);

/** Such a layer with the masks of its inputs. */
export function maskedMerge(node: FlatNode, masks: readonly (NodeInput | null)[]): FlatNode {
  const values = node.inputs;
  const present = masks.filter(mask => mask !== null);
  const grow: Grow = (inputs, shapes) => {
    const isUnlike = (shape: Shape): boolean => shape.length !== shapes[0].length;
    const isOfOthers = ({ length }: Shape): boolean => length !== shapes[0].length - 1;
    if (shapes.slice(0, values.length).some(isUnlike) || shapes.slice(values.length).some(isOfOthers)) {
      return message('merges values of unequal axes of which some are masked, which GradLens cannot compute');
    }
    let at = values.length;
    const shown = masks.map(mask => (mask ? expandDims(inputs[at++], -1) : null));
    return MERGES[node.op](inputs.slice(0, values.length), shown);
  };
  return { ...node, inputs: [...values, ...present], grow };
}

/** A factor is 1 where it is masked, and the product 0 where all factors are. */
function productOfShown(inputs: readonly Term[], shown: readonly (Operation | null)[]): Operation {
  const present = shown.filter(mask => mask !== null);
  const of = inputs.map((input, i) => {
    const mask = shown[i];
    return mask ? where(mask, input, 1) : input;
  });
  const product = of.reduce((a, b) => multiply(a, b));
  const some = present.reduce<Operation>((a, b) => binary('or', a, b), present[0]);
  const made = present.length === inputs.length ? where(some, product, 0) : product;
  return isOperation(made) ? made : multiply(made, 1);
}

/** Where one of two is masked, the other stands for both. */
function extremeOfShown(
  inputs: readonly Term[],
  shown: readonly (Operation | null)[],
  extreme: typeof maximum
): Operation {
  let [output] = inputs;
  let [seen] = shown;
  inputs.slice(1).forEach((input, i) => {
    const mask = shown[i + 1];
    const next = mask ? where(mask, input, output) : input;
    const last = seen ? where(seen, output, next) : output;
    seen = mask && seen ? binary('or', seen, mask) : null;
    output = extreme(last, next);
  });
  return isOperation(output) ? output : multiply(output, 1);
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
