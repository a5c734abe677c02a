/**
 * Operators on pictures (operators/pictures.ts) as the layers that do the same, once
 * their input's shape is known: convolutions by arrays, pooling, crops, edges, patches.
 */
import type { Attributes, Shape, WeightRef } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import type { Completed, FlatNode } from './flat-node';

const refused = (node: FlatNode, problem: Message): Completed => ({ node: { ...node, problem }, weights: {} });

/** The node as a layer, with words if it can be none; null where it is no such operator. */
export function windowOf(
  node: FlatNode,
  inputs: readonly Shape[],
  constants: ReadonlyMap<string, WeightRef>
): Completed | null {
  if (node.op !== 'op:window') {
    return null;
  }
  const [input] = inputs;
  const axes = input.length - 2;
  if (axes < 1 || axes > 3) {
    return refused(node, message('works on what is no signal, picture or volume'));
  }
  const { kind, ...given } = node.attributes;
  const attributes = {
    ...given,
    padding: String(given.padding ?? 'valid').toLowerCase(),
    data_format: 'channels_last'
  };
  const as = (op: string, own: Attributes, weights = {}): Completed => ({
    node: { ...node, op, attributes: own, inputs: node.inputs.slice(0, 1) },
    weights
  });
  switch (kind) {
    case 'max':
    case 'average':
      return as(`${kind === 'max' ? 'Max' : 'Average'}Pooling${axes}D`, {
        ...attributes,
        pool_size: spread(given.pool_size, axes),
        strides: spread(given.strides ?? given.pool_size, axes)
      });
    case 'adaptive max':
    case 'adaptive average':
      return as(`Adaptive${kind === 'adaptive max' ? 'Max' : 'Average'}Pooling${axes}D`, {
        output_size: spread(given.output_size, axes),
        data_format: 'channels_last'
      });
    case 'crop':
    case 'pad':
    case 'centre':
      return edged(node, input, as);
    case 'patches': {
      const channels = input[input.length - 1];
      // Keras takes a volume without samples too, and then the samples are one of its axes.
      if (Array.isArray(given.size) && given.size.length !== axes) {
        return refused(node, message('takes patches across the samples'));
      }
      const size = spread(given.size, axes);
      if (isOver1(given.strides) && isOver1(given.dilation_rate)) {
        return refused(node, message('takes patches apart by strides and by dilation at once'));
      }
      return channels === null
        ? refused(node, message('takes patches of an unknown number of channels'))
        : as(
            `Conv${axes}D`,
            { ...convolution(attributes, axes, size), filters: product(size) * channels },
            { kernel: eachCell(node.id, size, channels) }
          );
    }
    default:
      return convolved(node, axes, attributes, constants, as);
  }
}

const isOver1 = (sizes: unknown): boolean => [sizes ?? 1].flat().some(size => Number(size) > 1);

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** A number or numbers as one for each image axis. */
function spread(value: unknown, axes: number): number[] {
  const values = [value ?? 1].flat().map(Number);
  return Array.from({ length: axes }, (_, i) => values[i] ?? values[0]);
}

const convolution = (attributes: Attributes, axes: number, size: readonly number[]): Attributes => ({
  padding: attributes.padding,
  data_format: 'channels_last',
  strides: spread(attributes.strides, axes),
  dilation_rate: spread(attributes.dilation_rate, axes),
  kernel_size: size,
  use_bias: false,
  activation: 'linear'
});

type Make = (op: string, attributes: Attributes, weights?: Record<string, WeightRef>) => Completed;

function convolved(
  node: FlatNode,
  axes: number,
  attributes: Attributes,
  constants: ReadonlyMap<string, WeightRef>,
  as: Make
): Completed {
  const kernels = node.inputs.slice(1).flatMap(input => ('node' in input ? (constants.get(input.node) ?? []) : []));
  const [first, second] = kernels;
  if (kernels.length !== node.inputs.length - 1 || kernels.some(({ shape }) => shape.length !== axes + 2)) {
    return refused(node, message('convolves with a kernel that does not fit its input'));
  }
  const size = first.shape.slice(0, axes);
  const own = convolution(attributes, axes, size);
  const last = first.shape[axes + 1];
  switch (node.attributes.kind) {
    case 'conv':
      return as(`Conv${axes}D`, { ...own, filters: last }, { kernel: first });
    case 'depthwise':
      if (axes === 3) {
        return refused(node, message('convolves each channel of a volume by itself'));
      }
      return as(`DepthwiseConv${axes}D`, { ...own, depth_multiplier: last }, { kernel: first });
    case 'separable':
      if (axes === 3) {
        return refused(node, message('convolves each channel of a volume by itself'));
      }
      return as(
        `SeparableConv${axes}D`,
        { ...own, depth_multiplier: last, filters: second.shape[axes + 1] },
        { depthwise_kernel: first, pointwise_kernel: second }
      );
    default:
      return as(
        `Conv${axes}DTranspose`,
        { ...own, filters: first.shape[axes], output_padding: attributes.output_padding },
        { kernel: first }
      );
  }
}

/** A kernel that gives each cell of its window, and each channel of it, a channel of its own. */
function eachCell(id: string, size: readonly number[], channels: number): WeightRef {
  const cells = product(size) * channels;
  return {
    name: `${id}/patches`,
    shape: [...size, channels, cells],
    dtype: 'float32',
    read() {
      const values = new Float32Array(cells * cells);
      for (let i = 0; i < cells; i++) {
        values[i * cells + i] = 1;
      }
      return values;
    }
  };
}

/** Crops and pads by edges, by what is left, or by the share that is kept of the middle. */
function edged(node: FlatNode, input: Shape, as: Make): Completed {
  const { kind, fraction, ...given } = node.attributes;
  const isPad = kind === 'pad';
  const sides = [
    { before: given.top, after: given.bottom, target: given.height, size: input[1] },
    { before: given.left, after: given.right, target: given.width, size: input[2] }
  ].map(({ before, after, target, size }) => {
    if (kind === 'centre') {
      const edge = size === null ? null : Math.trunc((size - size * Number(fraction)) / 2);
      return [edge, edge];
    }
    // One of the three may be left out: it follows from the others.
    const gap = target === null || target === undefined || size === null ? null : Math.abs(Number(target) - size);
    const own = [before, after].map(edge => (typeof edge === 'number' ? edge : null));
    return gap === null ? own : [own[0] ?? gap - (own[1] ?? 0), own[1] ?? gap - (own[0] ?? 0)];
  });
  if (input.length === 3) {
    return refused(node, message('takes the samples for the rows of one picture: give it pictures, with 4 axes'));
  }
  if (input.length !== 4 || sides.flat().some(edge => edge === null || edge < 0)) {
    return refused(node, message('does not say which edges it works on, or takes off more than there is'));
  }
  return isPad
    ? as('ZeroPadding2D', { padding: sides, data_format: 'channels_last' })
    : as('Cropping2D', { cropping: sides, data_format: 'channels_last' });
}
