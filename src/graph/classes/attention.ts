import { message, MessageError } from '../../messages/message';
import { axisOf, numberOrNull } from '../attributes';
import { any, biasOf, flag, type LayerClasses, number, numbers, only, type ShapeRule } from './layer-class';

/** The layers inside MultiHeadAttention, each with a kernel and a bias. */
export const ATTENTION_PARTS: readonly string[] = ['query', 'key', 'value', 'output'];

/** Query, value, key in; every axis between the batch and the features is attended over. */
const attended: ShapeRule = ([query, value, key], a) => {
  const rank = query.length;
  const axes = [a.attention_axes ?? []].flat().map(axis => axisOf(Number(axis), rank));
  if (axes.length > 0 && (axes.length !== rank - 2 || axes.some(axis => axis < 1 || axis > rank - 2))) {
    throw new MessageError(message('attends along some of its axes only, which GradLens cannot run'));
  }
  if (!value || !key || value.length !== rank || key.length !== rank) {
    throw new MessageError(message('needs a query and a value with as many axes'));
  }
  const width = a.output_shape ?? query[rank - 1];
  if (typeof width !== 'number' && !(Array.isArray(width) && width.length === 1)) {
    throw new MessageError(message('has outputs with several axes, which GradLens cannot run'));
  }
  return [...query.slice(0, -1), Number(width)];
};

export const ATTENTION: LayerClasses = {
  MultiHeadAttention: {
    family: 'attention',
    explained: 'tokens',
    arguments: {
      // Of the call: formats/keras/attention-call.
      causal: flag(false),
      num_heads: number(),
      key_dim: number(),
      value_dim: number(null),
      dropout: any,
      use_bias: flag(true),
      output_shape: numbers(null),
      attention_axes: numbers(null),
      flash_attention: any,
      query_shape: any,
      key_shape: any,
      value_shape: any,
      use_gate: only(false),
      sliding_window: only(null),
      softmax_robust_masking: any
    },
    weights: a => ATTENTION_PARTS.flatMap(part => [`${part}_kernel`, ...biasOf(a).map(role => `${part}_${role}`)]),
    weightShapes: (a, input) => {
      const heads = numberOrNull(a, 'num_heads');
      const [keys, values] = [numberOrNull(a, 'key_dim'), numberOrNull(a, 'value_dim') ?? numberOrNull(a, 'key_dim')];
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
    },
    outputShape: attended
  }
};
