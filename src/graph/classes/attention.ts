import { message, MessageError } from '../../messages/message';
import { axisOf, numberOrNull } from '../attributes';
import type { Attributes, Shape } from '../model-graph';
import {
  any,
  type Arguments,
  biasOf,
  flag,
  type LayerClass,
  type LayerClasses,
  number,
  numbers,
  type ShapeRule,
  words
} from './layer-class';
import { spellShape } from './shapes';

/** The layers inside MultiHeadAttention, each with a kernel and a bias; a gate where it is asked for. */
export const ATTENTION_PARTS: readonly string[] = ['query', 'key', 'gate', 'value', 'output'];

const partsWeights = (a: Attributes): string[] =>
  ATTENTION_PARTS.filter(part => part !== 'gate' || a.use_gate === true).flatMap(part => [
    `${part}_kernel`,
    ...biasOf(a).map(role => `${part}_${role}`)
  ]);

/** Classes whose weights are those of the layers inside them. */
export const hasAttentionParts = (op: string): boolean => op === 'MultiHeadAttention' || op === 'GroupQueryAttention';

/** The masks among a layer's inputs, behind query, value and key. */
export const maskNames = ({ masks }: Attributes): string[] => (Array.isArray(masks) ? masks.map(String) : []);

/** The axes that are attended along, counted from the front and in order; all between batch and features by default. */
export function attentionAxes({ attention_axes: axes }: Attributes, rank: number): number[] {
  const given = [axes ?? []].flat().map(axis => axisOf(Number(axis), rank));
  return given.length > 0 ? given.sort((a, b) => a - b) : Array.from({ length: rank - 2 }, (_, i) => i + 1);
}

/** Attributes that readers add of a call (formats/keras/flatten/attention-call), and which output it is. */
const OF_CALL: Arguments = {
  causal: flag(false),
  masks: any,
  gives: words('values', 'scores'),
  masking: words('where', 'softmax', 'add')
};

function needsThree(inputs: Shape[]): void {
  const [query, value, key] = inputs;
  if (!value || !key || value.length !== query.length || key.length !== query.length || query.length < 3) {
    throw new MessageError(message('needs a query and a value with as many axes, three or more'));
  }
}

/** Query, value, key in; every axis between the batch and the features is attended over. */
const attended: ShapeRule = (inputs, a) => {
  needsThree(inputs);
  const [query, , key, ...masks] = inputs;
  const rank = query.length;
  const axes = attentionAxes(a, rank);
  if (axes.some(axis => axis < 1 || axis > rank - 2)) {
    throw new MessageError(message('attends along axes that its input of shape %1 does not have', spellShape(query)));
  }
  const apart = Array.from({ length: rank - 2 }, (_, i) => i + 1).filter(axis => !axes.includes(axis));
  if (apart.length > 0 && (masks.length > 0 || a.causal === true)) {
    throw new MessageError(message('attends along some of its axes with a mask, which GradLens cannot run'));
  }
  if (a.gives === 'scores') {
    const heads = numberOrNull(a, 'num_heads') ?? numberOrNull(a, 'num_query_heads');
    const along = (shape: Shape, of: number[]) => of.map(axis => shape[axis]);
    return [query[0], ...along(query, apart), heads, ...along(query, axes), ...along(key, axes)];
  }
  const width = [a.output_shape ?? query[rank - 1]].flat();
  return [...query.slice(0, -1), ...width.map(size => (size === null ? null : Number(size)))];
};

/** Attention and AdditiveAttention: the features of the values at the places of the queries. */
const scored: ShapeRule = (inputs, a) => {
  needsThree(inputs);
  const [query, value, key] = inputs;
  return a.gives === 'scores'
    ? [...query.slice(0, -1), key[key.length - 2]]
    : [...query.slice(0, -1), value[value.length - 1]];
};

const ofScores = (own: Partial<LayerClass>): LayerClass => ({
  family: 'attention',
  explained: 'tokens',
  outputShape: scored,
  ...own
});

export const ATTENTION: LayerClasses = {
  Attention: ofScores({
    arguments: { ...OF_CALL, use_scale: flag(false), score_mode: words('dot', 'concat'), dropout: any },
    weights: a => [
      ...(a.use_scale === true ? ['scale'] : []),
      ...(a.score_mode === 'concat' ? ['concat_score_weight'] : [])
    ],
    weightShapes: () => ({ scale: [], concat_score_weight: [] })
  }),
  AdditiveAttention: ofScores({
    arguments: { ...OF_CALL, use_scale: flag(true), dropout: any },
    weights: a => (a.use_scale === false ? [] : ['scale']),
    weightShapes: (_, input) => ({ scale: [input[input.length - 1]] })
  }),
  MultiHeadAttention: {
    family: 'attention',
    explained: 'tokens',
    arguments: {
      ...OF_CALL,
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
      use_gate: flag(false),
      // Of axes that are attended over together Keras says nothing of what is near.
      sliding_window: { ...number(null), honours: (value, input) => value === null || input.length === 3 },
      softmax_robust_masking: any
    },
    weights: partsWeights,
    weightShapes: (a, input) => {
      const heads = numberOrNull(a, 'num_heads');
      const [keys, values] = [numberOrNull(a, 'key_dim'), numberOrNull(a, 'value_dim') ?? numberOrNull(a, 'key_dim')];
      const to = [a.output_shape ?? null].flat().map(() => null);
      return {
        query_kernel: [input[input.length - 1], heads, keys],
        query_bias: [heads, keys],
        key_kernel: [null, heads, keys],
        key_bias: [heads, keys],
        gate_kernel: [input[input.length - 1], heads, values],
        gate_bias: [heads, values],
        value_kernel: [null, heads, values],
        value_bias: [heads, values],
        output_kernel: [heads, values, ...to],
        output_bias: to
      };
    },
    outputShape: attended
  },
  GroupQueryAttention: {
    family: 'attention',
    explained: 'tokens',
    arguments: {
      ...OF_CALL,
      head_dim: number(),
      num_query_heads: number(),
      num_key_value_heads: number(),
      dropout: any,
      use_bias: flag(true),
      flash_attention: any,
      use_gate: flag(false),
      sliding_window: number(null)
    },
    weights: partsWeights,
    weightShapes: (a, input) => {
      const size = numberOrNull(a, 'head_dim');
      const [queries, keys] = [numberOrNull(a, 'num_query_heads'), numberOrNull(a, 'num_key_value_heads')];
      return {
        query_kernel: [input[input.length - 1], queries, size],
        query_bias: [queries, size],
        key_kernel: [null, keys, size],
        key_bias: [keys, size],
        gate_kernel: [input[input.length - 1], queries, size],
        gate_bias: [queries, size],
        value_kernel: [null, keys, size],
        value_bias: [keys, size],
        output_kernel: [queries, size, null],
        output_bias: [null]
      };
    },
    outputShape: attended
  }
};
