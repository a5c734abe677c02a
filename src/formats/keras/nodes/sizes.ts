/**
 * Sizes of a tensor that Keras 2 computes as the model runs, `tf.shape(x)[1]`, where other
 * operators take them as arguments: numbers once shapes are known.
 */
import type { Attributes, Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import { isConfig } from '../config/json';
import type { FlatNode } from './flat-node';
import { entryOf, positions } from './pick-channels';

/** Sizes of some axes of a node's output, in place of numbers among attributes. */
export interface Sizes {
  readonly sizesOf: string;
  /** One, which may count from behind, or a list of them. */
  readonly axes: number | readonly number[];
  /** The factor of their product. */
  readonly times?: number | Sizes;
}

export const areSizes = (value: unknown): value is Sizes => isConfig(value) && typeof value.sizesOf === 'string';

/** True of the size of the batch, which stays as it is. */
export const isBatch = (value: unknown): boolean => areSizes(value) && value.axes === 0 && value.times === undefined;

/** No tensor of a network has more axes. */
const MOST_AXES = 8;

/** Reads the size that a node computes from a tensor's shape; null for other nodes. */
export function sizesOf(node: FlatNode | undefined, nodes: ReadonlyMap<string, FlatNode>): Sizes | null {
  if (node?.op === 'op:multiply') {
    return productOf(node, nodes);
  }
  const [input] = node?.inputs ?? [];
  const source = input && 'node' in input ? nodes.get(input.node) : undefined;
  if (!node || !source) {
    return null;
  }
  const [of] = source.inputs;
  const slices = node.attributes.slices;
  const entry = entryOf(Array.isArray(slices) ? slices[0] : slices);
  if (node.op !== 'op:getitem' || source.op !== 'op:shape' || !('node' in of) || entry === null || entry === '...') {
    return null;
  }
  const counted = typeof entry === 'number' || ((entry.start ?? 0) >= 0 && (entry.stop ?? -1) >= 0);
  const axes = typeof entry === 'number' ? entry : positions(entry, MOST_AXES);
  return counted ? { sizesOf: of.node, axes } : null;
}

/**
 * Two sizes, or a size and a number, multiplied. A product of products is none: read on and on, squares of squares
 * would take for ever.
 */
function productOf(node: FlatNode, nodes: ReadonlyMap<string, FlatNode>): Sizes | null {
  if (node.inputs.some(input => 'node' in input && nodes.get(input.node)?.op === 'op:multiply')) {
    return null;
  }
  const [one, other] = node.inputs.map(input =>
    'constant' in input ? input.constant : (factorOf(nodes.get(input.node)) ?? sizesOf(nodes.get(input.node), nodes))
  );
  const [size, factor] = typeof one === 'number' ? [other, one] : [one, other];
  const isOne =
    areSizes(size) && (typeof size.axes === 'number' || typeof factor === 'number') && size.times === undefined;
  const isFactor = typeof factor === 'number' || (areSizes(factor) && typeof factor.axes === 'number');
  return isOne && isFactor ? { ...size, times: factor } : null;
}

/** The number that a list of constants has throughout, as what doubles rows and columns. */
function factorOf(node: FlatNode | undefined): number | null {
  const { shape = [], read } = node?.constant ?? {};
  // Sizes are no more than axes: a weight of millions is not read to find that it is none.
  const [first, ...others] = shape.length === 1 && shape[0] <= MOST_AXES ? (read?.() ?? []) : [];
  return first !== undefined && others.every(value => value === first) ? first : null;
}

/** The node with numbers for sizes, with words where one is not known. */
export function withSizes(node: FlatNode, shapes: ReadonlyMap<string, Shape>): FlatNode {
  let missing = false;
  const number = (of: string, axis: number): number => {
    const size = shapes.get(of)?.at(axis);
    missing ||= typeof size !== 'number';
    return size ?? -1;
  };
  const known = (value: unknown): unknown => {
    if (areSizes(value)) {
      const { sizesOf: of, axes, times = 1 } = value;
      const factor = Number(known(times));
      return typeof axes === 'number' ? factor * number(of, axes) : axes.map(axis => factor * number(of, axis));
    }
    return Array.isArray(value) ? value.map(known) : value;
  };
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [name, known(value)])
  ) as Attributes;
  const problem = missing ? message('takes a size that is known only when the model runs') : node.problem;
  return node.op === 'op:size' && !missing
    ? constantOf(node, Number(attributes.size))
    : { ...node, attributes, problem };
}

/** A size that others compute with, as a number. */
function constantOf(node: FlatNode, size: number): FlatNode {
  const constant = { name: node.id, shape: [1], dtype: 'float32' as const, read: () => Float32Array.of(size) };
  return { ...node, op: 'Constant', attributes: {}, constant, knownShape: [1] };
}

/** Without the nodes that compute sizes which others take as numbers; one that others compute with reads no tensor. */
export function withoutSizes(nodes: readonly FlatNode[], outputs: ReadonlySet<string>): FlatNode[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const isSize = (node: FlatNode): boolean => node.op === 'op:shape' || sizesOf(node, byId) !== null;
  const read = new Set(outputs);
  const kept = [...nodes].reverse().flatMap((node): FlatNode[] => {
    if (isSize(node) && !read.has(node.id)) {
      return [];
    }
    const size = sizesOf(node, byId);
    if (size && typeof size.axes === 'number') {
      return [{ ...node, op: 'op:size', attributes: { size: { ...size } as Attributes }, inputs: [] }];
    }
    node.inputs.forEach(input => 'node' in input && read.add(input.node));
    return [node];
  });
  return kept.reverse();
}
