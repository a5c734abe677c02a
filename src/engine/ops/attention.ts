/**
 * Multi-head attention: Vaswani et al., "Attention Is All You Need", 2017, as
 * keras.layers.MultiHeadAttention: softmax(q kᵀ / sqrt(key_dim)) v by head.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numberOf } from '../../graph/attributes';
import { type BackwardContext, type Op, type OpContext, savesInputs } from './op';

type Part = 'query' | 'key' | 'value';

const PARTS: readonly Part[] = ['query', 'value', 'key'];

/** (n, …, d) -> (n, cells, d): all axes between the batch and the features are attended over together. */
function flat(x: Tensor): Tensor {
  const features = x.shape[x.shape.length - 1];
  return tf.reshape(x, [x.shape[0], x.size / x.shape[0] / features, features]);
}

/** (n, t, d) through a kernel (d, heads, size) and bias (heads, size) to (n, heads, t, size). */
function project(x: Tensor, part: Part, context: OpContext): Tensor {
  const kernel = context.weight(`${part}_kernel`);
  const [from, heads, size] = kernel.shape;
  const product = tf.matMul(
    tf.reshape(x, [-1, from]) as Tensor2D,
    tf.reshape(kernel, [from, heads * size]) as Tensor2D
  );
  const y = tf.reshape(product, [x.shape[0], x.shape[1]!, heads, size]);
  const bias = `${part}_bias`;
  return tf.transpose(context.hasWeight(bias) ? tf.add(y, context.weight(bias)) : y, [0, 2, 1, 3]);
}

/** The transposed of {@link project}. */
function unproject(dy: Tensor, part: Part, context: OpContext, shape: number[]): Tensor {
  const kernel = context.weight(`${part}_kernel`);
  const [from, heads, size] = kernel.shape;
  const rows = tf.reshape(tf.transpose(dy, [0, 2, 1, 3]), [-1, heads * size]) as Tensor2D;
  return tf.reshape(tf.matMul(rows, tf.reshape(kernel, [from, heads * size]) as Tensor2D, false, true), shape);
}

/** 0 where a query may look, a large negative number after its own position. */
function causalMask(queries: number, keys: number): Tensor {
  const values = new Float32Array(queries * keys);
  for (let i = 0; i < queries; i++) {
    values.fill(-3e38, i * keys + Math.min(i + 1, keys), (i + 1) * keys);
  }
  return tf.tensor2d(values, [queries, keys]);
}

interface Attention {
  query: Tensor;
  key: Tensor;
  value: Tensor;
  /** (n, heads, queries, keys), rows sum to 1. */
  weights: Tensor;
  scale: number;
}

function attend(inputs: Tensor[], context: OpContext): Attention {
  const of = Object.fromEntries(PARTS.map((part, i) => [part, project(flat(inputs[i]), part, context)]));
  const { query, key, value } = of;
  const scale = 1 / Math.sqrt(numberOf(context.attributes, 'key_dim', 1));
  const scores = tf.matMul(tf.mul(query, scale), key, false, true);
  const masked = booleanOf(context.attributes, 'causal', false)
    ? tf.add(scores, causalMask(query.shape[2]!, key.shape[2]!))
    : scores;
  return { query, key, value, weights: tf.softmax(masked), scale };
}

/** dy (n, t, out) through the output's kernel (heads, size, out) to (n, heads, t, size). */
function throughOutput(dy: Tensor, context: BackwardContext): Tensor {
  const kernel = context.weight('output_kernel');
  const [heads, size, to] = kernel.shape;
  const rows = tf.matMul(
    tf.reshape(dy, [-1, to]) as Tensor2D,
    tf.reshape(kernel, [heads * size, to]) as Tensor2D,
    false,
    true
  );
  return tf.transpose(tf.reshape(rows, [dy.shape[0], dy.shape[1]!, heads, size]), [0, 2, 1, 3]);
}

/** Inputs: query, value, key. Attributes: `key_dim`, and `causal` where no query may see what comes after it. */
export const multiHeadAttention: Op = {
  forward(inputs, context) {
    const { weights, value } = attend(inputs, context);
    const kernel = context.weight('output_kernel');
    const [heads, size, to] = kernel.shape;
    const rows = tf.reshape(tf.transpose(tf.matMul(weights, value), [0, 2, 1, 3]), [-1, heads * size]) as Tensor2D;
    const y = tf.matMul(rows, tf.reshape(kernel, [heads * size, to]) as Tensor2D);
    const shaped = tf.reshape(y, [...inputs[0].shape.slice(0, -1), to]);
    return context.hasWeight('output_bias') ? tf.add(shaped, context.weight('output_bias')) : shaped;
  },
  backward(dy, context) {
    const { query, key, value, weights, scale } = attend(context.inputs, context);
    const dContext = throughOutput(flat(dy), context);
    const dWeights = tf.matMul(dContext, value, false, true);
    const dScores = tf.mul(weights, tf.sub(dWeights, tf.sum(tf.mul(dWeights, weights), -1, true)));
    const gradients: Record<Part, () => Tensor> = {
      query: () => tf.mul(tf.matMul(dScores, key), scale),
      value: () => tf.matMul(weights, dContext, true, false),
      key: () => tf.mul(tf.matMul(dScores, query, true, false), scale)
    };
    return PARTS.map((part, i) =>
      context.wanted[i] ? unproject(gradients[part](), part, context, context.inputShapes[i]) : null
    );
  },
  saves: savesInputs
};

/** Batched product of two tensors of one rank, (…, a, b) and (…, b, c). */
export const matMul: Op = {
  forward: ([a, b]) => tf.matMul(a, b),
  backward: (dy, { inputs: [a, b], wanted }) => [
    wanted[0] ? tf.matMul(dy, b, false, true) : null,
    wanted[1] ? tf.matMul(a, dy, true, false) : null
  ],
  saves: savesInputs
};
