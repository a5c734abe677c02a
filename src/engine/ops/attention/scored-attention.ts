/**
 * Attention (Luong et al. 2015) and AdditiveAttention (Bahdanau et al. 2015) of
 * Keras: the softmax of scores of queries and keys, times values.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, stringOf } from '../../../graph/attributes';
import { maskNames } from '../../../graph/classes/attention';
import { tanh } from '../near-zero';
import { type BackwardContext, type Op, type OpContext, savesInputs } from '../op';
import { asNumber, causalMask, isTrue } from '../truth';

/** Keras subtracts this from a masked score. */
const MASKED = 1e9;

interface Scores {
  scores: Tensor;
  /** Gradients at query and key, from that at the scores. */
  backward(dScores: Tensor): [Tensor, Tensor];
}

function products(query: Tensor, key: Tensor, context: OpContext): Scores {
  const scale = context.hasWeight('scale') ? context.weight('scale') : tf.scalar(1);
  return {
    scores: tf.mul(tf.matMul(query, key, false, true), scale),
    backward(dScores) {
      const scaled = tf.mul(dScores, scale);
      return [tf.matMul(scaled, key), tf.matMul(scaled, query, true, false)];
    }
  };
}

/** outer * tanh(inner * (query + key)) summed over the features. */
function sums(query: Tensor, key: Tensor, inner: Tensor, outer: Tensor): Scores {
  const squashed = tanh(tf.mul(inner, tf.add(tf.expandDims(query, -2), tf.expandDims(key, -3))));
  return {
    scores: tf.sum(tf.mul(outer, squashed), -1),
    backward(dScores) {
      const slope = tf.mul(tf.mul(outer, inner), tf.sub(1, tf.square(squashed)));
      const through = tf.mul(tf.expandDims(dScores, -1), slope);
      return [tf.sum(through, -2), tf.sum(through, -3)];
    }
  };
}

function scored(query: Tensor, key: Tensor, context: OpContext): Scores {
  const weight = (role: string) => (context.hasWeight(role) ? context.weight(role) : tf.scalar(1));
  switch (stringOf(context.attributes, 'score_mode', 'dot')) {
    case 'additive':
      return sums(query, key, tf.scalar(1), weight('scale'));
    case 'concat':
      return sums(query, key, weight('scale'), weight('concat_score_weight'));
    default:
      return products(query, key, context);
  }
}

interface Attended {
  scores: Scores;
  /** Rows sum to 1. */
  weights: Tensor;
  /** 1 where a query counts, or null. */
  queries: Tensor | null;
}

function attend(inputs: Tensor[], context: OpContext): Attended {
  const [query, , key, ...given] = inputs;
  const masks = Object.fromEntries(maskNames(context.attributes).map((name, i) => [name, given[i]]));
  const scores = scored(query, key, context);
  let values = scores.scores;
  const hide = (isShown: Tensor) => tf.where(tf.broadcastTo(isShown, values.shape), values, tf.sub(values, MASKED));
  const seen: Tensor[] = [];
  if (masks.value) {
    seen.push(isTrue(tf.expandDims(masks.value, -2)));
  }
  if (booleanOf(context.attributes, 'causal', false)) {
    const [queries, keys] = values.shape.slice(-2);
    seen.push(causalMask(queries, keys));
  }
  if (seen.length > 0) {
    const all = seen.map(mask => tf.broadcastTo(asNumber(mask), values.shape));
    values = hide(isTrue(all.reduce((a, b) => tf.mul(a, b))));
  }
  return {
    scores,
    weights: tf.softmax(values),
    queries: masks.query ? asNumber(isTrue(tf.expandDims(masks.query, -1))) : null
  };
}

function gradients(dy: Tensor, context: BackwardContext): (Tensor | null)[] {
  const [, value, , ...masks] = context.inputs;
  const { scores, weights, queries } = attend(context.inputs, context);
  const isScores = stringOf(context.attributes, 'gives', 'values') === 'scores';
  const shown = queries && !isScores ? tf.mul(dy, queries) : dy;
  const dWeights = isScores ? shown : tf.matMul(shown, value, false, true);
  const dScores = tf.mul(weights, tf.sub(dWeights, tf.sum(tf.mul(dWeights, weights), -1, true)));
  const [dQuery, dKey] = scores.backward(dScores);
  const dValue = isScores ? tf.zerosLike(value) : tf.matMul(weights, shown, true, false);
  return [dQuery, dValue, dKey, ...masks.map(mask => tf.zerosLike(mask))];
}

/**
 * Inputs: query, value, key, then the masks that attribute
 * `masks` names. Gives values or, by attribute `gives`, scores.
 */
export const scoredAttention: Op = {
  forward(inputs, context) {
    const { weights, queries } = attend(inputs, context);
    if (stringOf(context.attributes, 'gives', 'values') === 'scores') {
      return weights;
    }
    const y = tf.matMul(weights, inputs[1]);
    return queries ? tf.mul(y, queries) : y;
  },
  backward: gradients,
  saves: savesInputs
};
