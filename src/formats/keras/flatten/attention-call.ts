/**
 * Reads calls of attention layers. MultiHeadAttention and its kin take (query,
 * value, key=None, masks and options); Attention and AdditiveAttention take a
 * list [query, value, key] and a list of masks.
 */
import type { Attributes } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import { type Call, TensorRef } from '../config/spec';

const OF_HEADS = [
  'query',
  'value',
  'key',
  'query_mask',
  'value_mask',
  'key_mask',
  'attention_mask',
  'return_attention_scores',
  'training',
  'use_causal_mask'
];
const OF_LISTS = ['inputs', 'mask', 'training', 'return_attention_scores', 'use_causal_mask'];

/** Argument names of the call by class; a class that is not here is called like any layer. */
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  MultiHeadAttention: OF_HEADS,
  GroupQueryAttention: OF_HEADS,
  Attention: OF_LISTS,
  AdditiveAttention: OF_LISTS
};

export const isAttention = (className: string): boolean => Object.hasOwn(SIGNATURES, className);

export interface AttentionCall {
  /** Query, value, key, then masks: tensors, or arrays of the config. */
  inputs: unknown[];
  /** Additions of the call to the layer's config. */
  attributes: Attributes;
  /** True if the scores are a second output. */
  scores: boolean;
}

/** The call, or why it cannot run, to follow the layer's name. */
export function attentionCall(className: string, { args, kwargs }: Call, config: Attributes): AttentionCall | Message {
  const names = SIGNATURES[className];
  const given: Record<string, unknown> = {
    ...Object.fromEntries(args.map((value, i) => [names[i] ?? '', value])),
    ...kwargs
  };
  const isList = names === OF_LISTS;
  const [query, value, key] = isList ? listOf(given.inputs) : [given.query, given.value, given.key];
  if (!(query instanceof TensorRef) || !(value instanceof TensorRef)) {
    return message('is called without a query or a value');
  }
  const masks: [string, unknown][] = isList
    ? listOf(given.mask).map((mask, i) => [['query', 'value'][i] ?? 'key', mask])
    : ['query', 'value', 'key', 'attention'].map(name => [name, given[`${name}_mask`]]);
  const present = masks.filter(([, mask]) => mask !== null && mask !== undefined);
  return {
    inputs: [query, value, key instanceof TensorRef ? key : value, ...present.map(([, mask]) => mask)],
    attributes: {
      causal: given.use_causal_mask === true || config.causal === true,
      masks: present.map(([name]) => name)
    },
    scores: given.return_attention_scores === true
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
