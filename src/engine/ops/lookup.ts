/** Values that come from tables and constants: Embedding, constants of the graph, and indexing. */
import * as tf from '@tensorflow/tfjs-core';
import { numbersOf } from '../../graph/attributes';
import { type Op, savesNothing } from './op';

/** Whole numbers (n, …) to rows of `embeddings` (count, d): (n, …, d). A lookup has no gradient. */
export const embedding: Op = {
  forward: ([x], context) => tf.gather(context.weight('embeddings'), tf.cast(x, 'int32')),
  backward: (_, { inputShapes: [shape] }) => [tf.zeros(shape)],
  saves: savesNothing
};

/** No inputs; the weight `value`. */
export const constant: Op = {
  forward: (_, context) => tf.clone(context.weight('value')),
  backward: () => [],
  saves: savesNothing
};

/** Attributes `begin`, `size` (an entry an axis, the batch's size -1: all of it) and `drop`: axes of size 1 to leave out. */
export const slice: Op = {
  forward([x], { attributes }) {
    const part = tf.slice(x, numbersOf(attributes, 'begin', []), numbersOf(attributes, 'size', []));
    const drop = numbersOf(attributes, 'drop', []);
    return tf.reshape(
      part,
      part.shape.filter((_, axis) => !drop.includes(axis))
    );
  },
  backward(dy, { attributes, inputShapes: [shape] }) {
    const begin = numbersOf(attributes, 'begin', []);
    const size = numbersOf(attributes, 'size', []).map((count, axis) => (count === -1 ? shape[axis] : count));
    return [
      tf.pad(
        tf.reshape(dy, size),
        shape.map((whole, axis): [number, number] => [begin[axis], whole - begin[axis] - size[axis]])
      )
    ];
  },
  saves: savesNothing
};
