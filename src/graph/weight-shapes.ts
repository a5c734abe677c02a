/** What shapes a layer's weights must have, given its input. */
import type { Attributes, Shape } from './model-graph';
import { axisOf } from './shape-rules';

/** Expected shapes by role; `null` sizes may be anything, roles left out too. */
export function weightShapes(op: string, attributes: Attributes, input: Shape): Record<string, Shape> {
  const channels = attributes.data_format === 'channels_first' ? input[1] : input[input.length - 1];
  const kernel = Array.isArray(attributes.kernel_size) ? (attributes.kernel_size as number[]) : [];
  const filters = typeof attributes.filters === 'number' ? attributes.filters : null;
  const multiplier = typeof attributes.depth_multiplier === 'number' ? attributes.depth_multiplier : 1;
  const groups = typeof attributes.groups === 'number' ? attributes.groups : 1;
  const times = (size: number | null, factor: number) => (size === null ? null : size * factor);
  switch (op) {
    case 'Conv1D':
    case 'Conv2D':
      return { kernel: [...kernel, times(channels, 1 / groups), filters], bias: [filters] };
    case 'Conv1DTranspose':
    case 'Conv2DTranspose':
      return { kernel: [...kernel, filters, channels], bias: [filters] };
    case 'DepthwiseConv1D':
    case 'DepthwiseConv2D':
      return { depthwise_kernel: [...kernel, channels, multiplier], bias: [times(channels, multiplier)] };
    case 'SeparableConv1D':
    case 'SeparableConv2D':
      return {
        depthwise_kernel: [...kernel, channels, multiplier],
        pointwise_kernel: [...kernel.map(() => 1), times(channels, multiplier), filters],
        bias: [filters]
      };
    case 'Dense': {
      const units = typeof attributes.units === 'number' ? attributes.units : null;
      return { kernel: [input[input.length - 1], units], bias: [units] };
    }
    case 'BatchNormalization': {
      const size = input[axisOf(Number(attributes.axis), input.length)] ?? null;
      return { gamma: [size], beta: [size], moving_mean: [size], moving_variance: [size] };
    }
    case 'LayerNormalization': {
      const axes = Array.isArray(attributes.axis) ? attributes.axis.map(Number) : [Number(attributes.axis ?? -1)];
      const sizes = axes.map(axis => input[axisOf(axis, input.length)] ?? null);
      return { gamma: sizes, beta: sizes };
    }
    case 'PReLU': {
      const shared = Array.isArray(attributes.shared_axes) ? attributes.shared_axes.map(Number) : [];
      return { alpha: input.slice(1).map((size, i) => (shared.includes(i + 1) ? 1 : size)) };
    }
    case 'GroupNormalization':
      return { gamma: [channels], beta: [channels] };
    case 'RMSNormalization':
      return { scale: [input[input.length - 1]] };
    case 'Embedding':
      return { embeddings: [null, typeof attributes.output_dim === 'number' ? attributes.output_dim : null] };
    case 'MultiHeadAttention': {
      const count = (key: string) => (typeof attributes[key] === 'number' ? attributes[key] : null);
      const heads = count('num_heads');
      const [keys, values] = [count('key_dim'), count('value_dim') ?? count('key_dim')];
      return {
        query_kernel: [input[input.length - 1], heads, keys],
        query_bias: [heads, keys],
        key_kernel: [null, heads, keys],
        key_bias: [heads, keys],
        value_kernel: [null, heads, values],
        value_bias: [heads, values],
        output_kernel: [heads, values, null],
        output_bias: [null]
      };
    }
    case 'LayerScale':
      return { gamma: [channels] };
    default:
      return {};
  }
}

/** Whether a weight of shape `found` can stand where `expected` is. */
export function fits(found: readonly number[], expected: Shape): boolean {
  return found.length === expected.length && expected.every((size, i) => size === null || size === found[i]);
}
