/** Values that come from tables and constants: Embedding, constants of the graph, and indexing. */
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, numbersOf } from '../../../graph/attributes';
import { message, MessageError } from '../../../messages/message';
import { joined, padWith } from '../../kernels/copies';
import { type Op, savesNothing } from '../op';

/**
 * Whole numbers (n, …) to rows of `embeddings` (count, d): (n, …, d). Of negative ones Keras 3 counts from the end. A
 * lookup has no gradient.
 *
 * @throws MessageError of a row that there is not, which WebGL would take from elsewhere.
 */
export const embedding: Op = {
  forward: ([x], context) => {
    const table = context.weight('embeddings');
    const [count] = table.shape;
    const given = tf.cast(x, 'int32').dataSync<'int32'>();
    const outside = given.find(row => row < -count || row >= count);
    if (outside !== undefined) {
      throw new MessageError(
        message('the input has the number %1, but the table has %2 rows, numbered from 0', outside, count)
      );
    }
    const rows = given.map(row => (row < 0 ? row + count : row));
    return tf.gather(table, tf.tensor(rows, x.shape, 'int32'));
  },
  backward: (_, { inputShapes: [shape] }) => [tf.zeros(shape)],
  saves: savesNothing
};

/** No inputs; the weight `value`. */
export const constant: Op = {
  forward: (_, context) => tf.clone(context.weight('value')),
  backward: () => [],
  saves: savesNothing
};

/** For each of `count` positions of the input, where it is found, one list a time that it is; -1 where it is not. */
function foundAt(positions: readonly number[], count: number): Int32Array[] {
  const rounds: Int32Array[] = [];
  const times = new Int32Array(count);
  positions.forEach((position, i) => {
    const round = times[position]++;
    rounds[round] ??= new Int32Array(count).fill(-1);
    rounds[round][position] = i;
  });
  return rounds;
}

/** Attributes `axis` and `positions`: those along the axis, in any order, also several times. */
export const pick: Op = {
  forward: ([x], { attributes }) =>
    tf.gather(x, tf.tensor1d(numbersOf(attributes, 'positions', []), 'int32'), numberOf(attributes, 'axis', 1)),
  backward(dy, { attributes, inputShapes: [shape] }) {
    const axis = numberOf(attributes, 'axis', 1);
    const positions = numbersOf(attributes, 'positions', []);
    // Cells that were not taken read the zeros behind the gradient's end.
    const zeros = tf.zeros(dy.shape.map((size, i) => (i === axis ? 1 : size)));
    const padded = joined([dy, zeros], axis);
    const gathered = foundAt(positions, shape[axis]).map(places => {
      const from = places.map(place => (place < 0 ? positions.length : place));
      return tf.gather(padded, tf.tensor1d(from, 'int32'), axis);
    });
    return [gathered.reduce((a, b) => tf.add(a, b))];
  },
  saves: savesNothing
};

/**
 * Attributes `begin`, `size` (an entry an axis, the batch's size
 * -1: all of it) and `drop`: axes of size 1 to leave out.
 */
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
      padWith(
        tf.reshape(dy, size),
        shape.map((whole, axis): [number, number] => [begin[axis], whole - begin[axis] - size[axis]])
      )
    ];
  },
  saves: savesNothing
};
