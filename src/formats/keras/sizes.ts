/**
 * Sizes of a tensor that Keras 2 computes as the model runs, `tf.shape(x)[1]`, where other
 * operators take them as arguments: numbers once shapes are known.
 */
import type { Attributes, Shape } from '../../graph/model-graph';
import { message } from '../../messages/message';
import type { FlatNode } from './flat-node';
import { isConfig } from './json';
import { entryOf, positions } from './pick-channels';

/** Sizes of some axes of a node's output, in place of numbers among attributes. */
export interface Sizes {
  readonly sizesOf: string;
  /** One, or a list of them. */
  readonly axes: number | readonly number[];
  /** What they are multiplied by. */
  readonly times?: number;
}

export const areSizes = (value: unknown): value is Sizes => isConfig(value) && typeof value.sizesOf === 'string';

/** True of the size of the batch, which stays as it is. */
export const isBatch = (value: unknown): boolean => areSizes(value) && value.axes === 0;

/** No tensor of a network has more axes. */
const MOST_AXES = 8;

/** What a node computes of a tensor's shape, or null. */
export function sizesOf(node: FlatNode | undefined, nodes: ReadonlyMap<string, FlatNode>): Sizes | null {
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
  const counted = typeof entry === 'number' ? entry >= 0 : (entry.start ?? 0) >= 0 && (entry.stop ?? -1) >= 0;
  const axes = typeof entry === 'number' ? entry : positions(entry, MOST_AXES);
  return counted ? { sizesOf: of.node, axes } : null;
}

/** The node with numbers for sizes, with words where one is not known. */
export function withSizes(node: FlatNode, shapes: ReadonlyMap<string, Shape>): FlatNode {
  let missing = false;
  const number = (of: string, axis: number): number => {
    const size = shapes.get(of)?.[axis];
    missing ||= typeof size !== 'number';
    return size ?? -1;
  };
  const known = (value: unknown): unknown => {
    if (areSizes(value)) {
      const { sizesOf: of, axes, times = 1 } = value;
      return typeof axes === 'number' ? times * number(of, axes) : axes.map(axis => times * number(of, axis));
    }
    return Array.isArray(value) ? value.map(known) : value;
  };
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [name, known(value)])
  ) as Attributes;
  const problem = missing ? message('takes a size that is known only when the model runs') : node.problem;
  return { ...node, attributes, problem };
}

/** Without the nodes that compute sizes which others take as numbers. */
export function withoutSizes(nodes: readonly FlatNode[], outputs: ReadonlySet<string>): FlatNode[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const isSize = (node: FlatNode): boolean => node.op === 'op:shape' || sizesOf(node, byId) !== null;
  const read = new Set(outputs);
  const kept = [...nodes].reverse().filter(node => {
    const stays = !isSize(node) || read.has(node.id);
    if (stays) {
      node.inputs.forEach(input => 'node' in input && read.add(input.node));
    }
    return stays;
  });
  return kept.reverse();
}
