/**
 * Multi-head attention: Vaswani et al., "Attention Is All You Need", 2017, as
 * keras.layers.MultiHeadAttention: softmax(q kᵀ / sqrt(key_dim)) v by head.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numberOf, numberOrNull, stringOf } from '../../../graph/attributes';
import { attentionAxes, maskNames } from '../../../graph/classes/attention';
import { cellsAlong, inverseOrder } from '../axes';
import { type BackwardContext, type Op, type OpContext, savesInputs } from '../op';
import { asNumber, causalMask, isTrue } from '../truth';

type Part = 'query' | 'key' | 'value';

const PARTS: readonly Part[] = ['query', 'value', 'key'];

/** The order of axes that brings those not attended over behind the batch's. */
function orderOf(rank: number, context: OpContext): { order: number[]; apart: number[]; along: number[] } {
  const along = attentionAxes(context.attributes, rank);
  const apart = Array.from({ length: rank - 2 }, (_, i) => i + 1).filter(axis => !along.includes(axis));
  return { order: [0, ...apart, ...along, rank - 1], apart, along };
}

const isSorted = (order: number[]): boolean => order.every((axis, i) => axis === i);

/** (n, …, d) -> (n, cells, d): the axes attended over together, the others as if they were samples. */
function flat(x: Tensor, context: OpContext): Tensor {
  const { order, along } = orderOf(x.shape.length, context);
  const arranged = isSorted(order) ? x : tf.transpose(x, order);
  const cells = cellsAlong(x.shape, along);
  const features = x.shape[x.shape.length - 1];
  return tf.reshape(arranged, [x.size / cells / features, cells, features]);
}

/** The transposed of {@link flat}, to a shape with any features. */
function unflat(x: Tensor, shape: number[], context: OpContext): Tensor {
  const { order } = orderOf(shape.length, context);
  const whole = tf.reshape(
    x,
    order.map(axis => shape[axis])
  );
  return isSorted(order) ? whole : tf.transpose(whole, inverseOrder(order));
}

/** (n, t, d) through a kernel (d, heads, size) and bias (heads, size) to (n, heads, t, size). */
function project(x: Tensor, part: Part | 'gate', context: OpContext): Tensor {
  const kernel = context.weight(`${part}_kernel`);
  const [from, heads, size] = kernel.shape;
  const rows = tf.matMul(tf.reshape(x, [-1, from]) as Tensor2D, tf.reshape(kernel, [from, heads * size]) as Tensor2D);
  const y = tf.reshape(rows, [x.shape[0], x.shape[1]!, heads, size]);
  const bias = `${part}_bias`;
  return tf.transpose(context.hasWeight(bias) ? tf.add(y, context.weight(bias)) : y, [0, 2, 1, 3]);
}

/** The transposed of {@link project}. */
function unproject(dy: Tensor, part: Part | 'gate', context: OpContext, shape: number[]): Tensor {
  const kernel = context.weight(`${part}_kernel`);
  const [from, heads, size] = kernel.shape;
  const rows = tf.reshape(tf.transpose(dy, [0, 2, 1, 3]), [-1, heads * size]) as Tensor2D;
  const gradient = tf.matMul(rows, tf.reshape(kernel, [from, heads * size]) as Tensor2D, false, true);
  return unflat(gradient, shape, context);
}

/**
 * True where Keras 2 adds numbers to the scores: an attention mask alone is not
 * taken for truths, so that each score gets (1 - mask) times a large number.
 */
function isOfNumbers(context: OpContext): boolean {
  const { attributes } = context;
  return (
    attributes.masking === 'add' &&
    String(maskNames(attributes)) === 'attention' &&
    !booleanOf(attributes, 'causal', false)
  );
}

/** The masks, (n, heads, queries, keys) or broadcast to it. */
function masksOf(masks: Tensor[], [queries, keys]: number[], along: number, context: OpContext): Tensor[] {
  return maskNames(context.attributes).map((name, i) => {
    const mask = masks[i];
    switch (name) {
      case 'query':
        return tf.reshape(mask, [mask.shape[0], 1, queries, 1]);
      case 'attention': {
        // Axes that are missing, of samples and heads, come before the queries'.
        const lead = mask.shape.slice(0, mask.shape.length - 2 * along);
        const cells = mask.shape.slice(lead.length);
        return tf.reshape(mask, [
          lead[0] ?? 1,
          lead[1] ?? 1,
          tf.util.sizeFromShape(cells.slice(0, along)),
          tf.util.sizeFromShape(cells.slice(along))
        ]);
      }
      default:
        return tf.reshape(mask, [mask.shape[0], 1, 1, keys]);
    }
  });
}

/** 1 where a query may look at a key; null where all may. */
function maskOf(masks: Tensor[], sizes: number[], along: number, context: OpContext): Tensor | null {
  const [queries, keys] = sizes;
  const shown = masksOf(masks, sizes, along, context).map(mask => asNumber(isTrue(mask)));
  if (booleanOf(context.attributes, 'causal', false)) {
    shown.push(causalMask(queries, keys));
  }
  const reach = numberOrNull(context.attributes, 'sliding_window');
  if (reach !== null) {
    // Keys as far away as `reach` and farther are not seen.
    shown.push(
      tf.linalg.bandPart(tf.ones([1, 1, queries, keys]), Math.min(reach - 1, queries), Math.min(reach - 1, keys))
    );
  }
  return shown.length === 0 ? null : shown.reduce<Tensor>((a, b) => tf.mul(a, b), tf.scalar(1));
}

interface Attention {
  query: Tensor;
  key: Tensor;
  value: Tensor;
  /** (n, heads, queries, keys), rows sum to 1. */
  weights: Tensor;
  scale: number;
  /** 1 at scores that let a gradient through, or null: all do. */
  shown: Tensor | null;
}

/** A score in place of those that are masked; WebGL's maximum begins at -1e20. */
const HIDDEN = -1e9;

/**
 * Queries that may look at no key: `add` attend to all alike, as with
 * Keras 2's large number beside each score; `where` too, but their scores have
 * no gradient; `softmax` attend to none. Keras 3 does the last where it cannot
 * take its short way: with dropout, scores given out, or further axes.
 */
function maskingOf(rank: number, context: OpContext): string {
  const way = stringOf(context.attributes, 'masking', 'where');
  return way === 'where' && (rank !== 3 || isScores(context) || numberOf(context.attributes, 'dropout', 0) > 0)
    ? 'softmax'
    : way;
}

function attend(inputs: Tensor[], context: OpContext): Attention {
  const of = Object.fromEntries(PARTS.map((part, i) => [part, project(flat(inputs[i], context), part, context)]));
  const { query, key, value } = of;
  const scale = 1 / Math.sqrt(numberOf(context.attributes, 'key_dim', 1));
  const scores = tf.matMul(tf.mul(query, scale), key, false, true);
  const { along } = orderOf(inputs[0].shape.length, context);
  if (isOfNumbers(context)) {
    const [numbers] = masksOf(inputs.slice(PARTS.length), [query.shape[2]!, key.shape[2]!], along.length, context);
    const weights = tf.softmax(tf.add(scores, tf.mul(tf.sub(1, numbers), HIDDEN)));
    return { query, key, value, weights, scale, shown: null };
  }
  const mask = maskOf(inputs.slice(PARTS.length), [query.shape[2]!, key.shape[2]!], along.length, context);
  if (!mask) {
    return { query, key, value, weights: tf.softmax(scores), scale, shown: null };
  }
  const shown = tf.mul(mask, tf.onesLike(scores));
  const weights = tf.softmax(tf.add(tf.mul(scores, shown), tf.mul(tf.sub(1, shown), HIDDEN)));
  const way = maskingOf(inputs[0].shape.length, context);
  return {
    query,
    key,
    value,
    weights: way === 'softmax' ? tf.mul(weights, shown) : weights,
    scale,
    shown: way === 'add' ? null : shown
  };
}

/** dy (n, t, out) through the output's kernel (heads, size, out) to (n, heads, t, size). */
function throughOutput(dy: Tensor, context: BackwardContext): Tensor {
  const kernel = context.weight('output_kernel');
  const [heads, size, ...to] = kernel.shape;
  const rows = tf.matMul(
    tf.reshape(dy, [-1, tf.util.sizeFromShape(to)]) as Tensor2D,
    tf.reshape(kernel, [heads * size, tf.util.sizeFromShape(to)]) as Tensor2D,
    false,
    true
  );
  return tf.transpose(tf.reshape(rows, [dy.shape[0], dy.shape[1]!, heads, size]), [0, 2, 1, 3]);
}

/** What each head gives, (n, heads, queries, size), and the share of it that a gate of the query lets through. */
function headsOf(
  inputs: Tensor[],
  { weights, value }: Attention,
  context: OpContext
): { heads: Tensor; gate: Tensor | null } {
  const isGated = booleanOf(context.attributes, 'use_gate', false);
  return {
    heads: tf.matMul(weights, value),
    gate: isGated ? tf.sigmoid(project(flat(inputs[0], context), 'gate', context)) : null
  };
}

/** Of the scores: (n, axes apart, heads, axes of the query, axes of the key). */
function scoresShape(shapes: number[][], heads: number, context: OpContext): number[] {
  const [query, , key] = shapes;
  const { apart, along } = orderOf(query.length, context);
  const sizes = (shape: number[], axes: number[]) => axes.map(axis => shape[axis]);
  return [query[0], ...sizes(query, apart), heads, ...sizes(query, along), ...sizes(key, along)];
}

const isScores = (context: OpContext): boolean => stringOf(context.attributes, 'gives', 'values') === 'scores';

/** The gradient of the query with what comes through its gate. */
const withGate = (gradient: Tensor, dGate: Tensor | null, context: BackwardContext): Tensor =>
  dGate ? tf.add(gradient, unproject(dGate, 'gate', context, context.inputShapes[0])) : gradient;

/**
 * Inputs: query, value, key, then the masks that attribute `masks` names.
 * Attributes: `key_dim`, `use_gate`, `attention_axes`, `causal` where no query may see what
 * comes after it, `gives`: `scores` for the attention itself.
 */
export const multiHeadAttention: Op = {
  forward(inputs, context) {
    const attention = attend(inputs, context);
    const { weights } = attention;
    if (isScores(context)) {
      const shapes = inputs.map(input => input.shape);
      return tf.reshape(weights, scoresShape(shapes, weights.shape[1]!, context));
    }
    const kernel = context.weight('output_kernel');
    const [heads, size, ...to] = kernel.shape;
    const { heads: given, gate } = headsOf(inputs, attention, context);
    const passed = gate ? tf.mul(given, gate) : given;
    const rows = tf.reshape(tf.transpose(passed, [0, 2, 1, 3]), [-1, heads * size]) as Tensor2D;
    const y = tf.matMul(rows, tf.reshape(kernel, [heads * size, tf.util.sizeFromShape(to)]) as Tensor2D);
    const shape = inputs[0].shape.slice(0, -1);
    const shaped = tf.reshape(unflat(y, [...shape, tf.util.sizeFromShape(to)], context), [...shape, ...to]);
    return context.hasWeight('output_bias') ? tf.add(shaped, context.weight('output_bias')) : shaped;
  },
  backward(dy, context) {
    const attention = attend(context.inputs, context);
    const { query, key, value, weights, scale, shown } = attention;
    const [shape] = context.inputShapes;
    const dPassed = isScores(context)
      ? null
      : throughOutput(flat(tf.reshape(dy, [...shape.slice(0, -1), -1]), context), context);
    const { heads, gate } = headsOf(context.inputs, attention, context);
    const dContext = gate && dPassed ? tf.mul(dPassed, gate) : dPassed;
    const dGate = gate && dPassed ? tf.mul(tf.mul(dPassed, heads), tf.mul(gate, tf.sub(1, gate))) : null;
    const dWeights = dContext ? tf.matMul(dContext, value, false, true) : tf.reshape(dy, weights.shape);
    const through = tf.mul(weights, tf.sub(dWeights, tf.sum(tf.mul(dWeights, weights), -1, true)));
    const dScores = shown ? tf.mul(through, shown) : through;
    const gradients: Record<Part, () => Tensor> = {
      query: () => tf.mul(tf.matMul(dScores, key), scale),
      value: () => (dContext ? tf.matMul(weights, dContext, true, false) : tf.zerosLike(value)),
      key: () => tf.mul(tf.matMul(dScores, query, true, false), scale)
    };
    return context.inputShapes.map((size, i) =>
      !context.wanted[i]
        ? null
        : i < PARTS.length
          ? withGate(unproject(gradients[PARTS[i]](), PARTS[i], context, size), i === 0 ? dGate : null, context)
          : tf.zeros(size)
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
