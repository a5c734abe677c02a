/**
 * Sums of products along labelled axes (Einstein's notation), of any number of
 * tensors: attributes `labels`, a word of one letter an axis for each input, and
 * `output`. Attribute `squeeze` has, for each input, axes of size 1 to leave out first.
 */
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, savesInputs } from '../op';

/** A tensor and the letters of its axes. */
export interface Labelled {
  tensor: Tensor;
  labels: string;
}

const sizeAlong = ({ tensor, labels }: Labelled, wanted: string): number =>
  [...wanted].reduce((product, label) => product * tensor.shape[labels.indexOf(label)], 1);

/** With its axes in the order of `wanted`, those that are not in it summed. */
function arranged({ tensor, labels }: Labelled, wanted: string): Tensor {
  const gone = [...labels].flatMap((label, axis) => (wanted.includes(label) ? [] : [axis]));
  const summed = gone.length > 0 ? tf.sum(tensor, gone) : tensor;
  const left = [...labels].filter(label => wanted.includes(label));
  const order = [...wanted].map(label => left.indexOf(label));
  return order.every((from, to) => from === to) ? summed : tf.transpose(summed, order);
}

const within = (labels: string, test: (label: string) => boolean): string => [...labels].filter(test).join('');

/** Two tensors as one, with the axes that `kept` names. */
function contracted(a: Labelled, b: Labelled, kept: string): Labelled {
  const shared = within(a.labels, label => b.labels.includes(label));
  const batch = within(shared, label => kept.includes(label));
  const inner = within(shared, label => !kept.includes(label));
  const rows = within(a.labels, label => !shared.includes(label) && kept.includes(label));
  const columns = within(b.labels, label => !shared.includes(label) && kept.includes(label));
  const [n, m, k, c] = [sizeAlong(a, batch), sizeAlong(a, rows), sizeAlong(a, inner), sizeAlong(b, columns)];
  const left = tf.reshape(arranged(a, batch + rows + inner), [n, m, k]);
  const right = tf.reshape(arranged(b, batch + inner + columns), [n, k, c]);
  // WASM keeps the packed right-hand matrix with the data, whatever
  // shape it is seen in later: a copy has data of its own.
  const product = tf.matMul(left as Tensor3D, tf.mul(right, 1) as Tensor3D);
  const labels = batch + rows + columns;
  const sizes = [...labels].map(label => sizeAlong(a.labels.includes(label) ? a : b, label));
  return { tensor: tf.reshape(product, sizes), labels };
}

/** The sum of products with the axes `output`, of which every one stands in an input. */
export function einsum(inputs: readonly Labelled[], output: string): Tensor {
  const [first, ...rest] = inputs;
  const all = rest.reduce((made, next, i) => {
    const later = rest.slice(i + 1).map(({ labels }) => labels);
    return contracted(made, next, [output, ...later].join(''));
  }, first);
  return arranged(all, output);
}

/** The gradient at an input with axes `labels`: the product of all others, that at the output among them. */
export function gradientAt(labels: string, shape: number[], others: readonly Labelled[]): Tensor {
  // An axis that was only summed takes part with all its entries alike.
  const found = within(labels, label => others.some(other => other.labels.includes(label)));
  const sizes = [...labels].map((label, axis) => (found.includes(label) ? shape[axis] : 1));
  return tf.mul(tf.reshape(einsum(others, found), sizes), tf.ones(shape));
}

function labelled(tensors: readonly Tensor[], attributes: Attributes): Labelled[] {
  const words = stringOf(attributes, 'labels', '').split(',');
  const squeeze = (attributes.squeeze ?? []) as number[][];
  return tensors.map((tensor, i) => ({
    tensor: squeeze[i]?.length ? tf.squeeze(tensor, squeeze[i]) : tensor,
    labels: words[i]
  }));
}

export const einsumOp: Op = {
  forward: (tensors, { attributes }) =>
    tf.clone(einsum(labelled(tensors, attributes), stringOf(attributes, 'output', ''))),
  backward(dy, { attributes, inputs, wanted }) {
    const all = labelled(inputs, attributes);
    const output: Labelled = { tensor: dy, labels: stringOf(attributes, 'output', '') };
    return all.map(({ tensor, labels }, i) => {
      const others = [output, ...all.filter((_, j) => j !== i)];
      return wanted[i] ? tf.reshape(gradientAt(labels, tensor.shape, others), inputs[i].shape) : null;
    });
  },
  saves: savesInputs
};
