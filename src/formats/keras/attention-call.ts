/** Reads a call of MultiHeadAttention: its signature is (query, value, key=None, masks and options). */
import { type Message, message } from '../../messages/message';
import { type Call, TensorRef } from './spec';

const NAMES = [
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

export interface AttentionCall {
  /** Query, value, key. */
  inputs: TensorRef[];
  causal: boolean;
}

/** The call, or why it cannot run, to follow the layer's name. */
export function attentionCall({ args, kwargs }: Call): AttentionCall | Message {
  const given: Record<string, unknown> = {
    ...Object.fromEntries(args.map((value, i) => [NAMES[i] ?? '', value])),
    ...kwargs
  };
  const { query, value, key } = given;
  if (!(query instanceof TensorRef) || !(value instanceof TensorRef)) {
    return message('is called without a query or a value');
  }
  if (NAMES.some(name => /(?:query|value|key|attention)_mask/.test(name) && (given[name] ?? null) !== null)) {
    return message('is called with a mask');
  }
  if (given.return_attention_scores === true) {
    return message('gives its attention scores as a second output');
  }
  return { inputs: [query, value, key instanceof TensorRef ? key : value], causal: given.use_causal_mask === true };
}
