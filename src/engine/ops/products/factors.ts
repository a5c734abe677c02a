/**
 * Factors of the matrices of the last two axes, which may have more rows than columns or fewer: on the
 * processor, in double precision. Gradients as TensorFlow has them: of QR Roberts and Roberts 2020, "QR and LQ
 * Decomposition Matrix Backpropagation Algorithms"; of the pseudo-inverse Golub and Pereyra 1973, which holds
 * where the matrix has full rank.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOrNull, stringOf } from '../../../graph/attributes';
import { message, MessageError } from '../../../messages/message';
import { pseudoInverse as pseudoInverseOf, qr as qrOf, svd } from '../../kernels/factors';
import { type Op, savesInputs, savesNothing } from '../op';
import { turned } from './matrices';

/** The precision of float32. */
const PRECISION = 2 ** -23;

/** Each matrix of a tensor through `f`, which gives values of a shape. */
function each(x: Tensor, to: readonly number[], f: (values: Float32Array) => ArrayLike<number>): Tensor {
  const [rows, columns] = x.shape.slice(-2);
  const values = x.dataSync<'float32'>();
  const size = to.reduce((product, length) => product * length, 1);
  const made = new Float32Array((values.length / (rows * columns)) * size);
  for (let from = 0, at = 0; from < values.length; from += rows * columns, at += size) {
    made.set(f(values.subarray(from, from + rows * columns)), at);
  }
  return tf.tensor(made, [...x.shape.slice(0, -2), ...to]);
}

/** q (…, rows, least) and r (…, least, columns), of the matrices (…, rows, columns). */
function factorsOf(x: Tensor): { q: Tensor; r: Tensor } {
  const [rows, columns] = x.shape.slice(-2);
  const least = Math.min(rows, columns);
  return {
    q: each(x, [rows, least], values => qrOf(values, rows, columns).q.filter((_, at) => at % rows < least)),
    r: each(x, [least, columns], values => qrOf(values, rows, columns).r.subarray(0, least * columns))
  };
}

/** Divides by the transposed of upper triangular r from the right. */
const overTurned = (x: Tensor, r: Tensor): Tensor =>
  tf.matMul(
    x,
    turned(
      each(r, r.shape.slice(-2), values => {
        const size = r.shape[r.shape.length - 1];
        const { inverse, rank } = pseudoInverseOf(values, size, size, PRECISION);
        if (rank < size) {
          throw new MessageError(
            message('a matrix of this picture has rows or columns that follow from others, and Keras no gradient here')
          );
        }
        return inverse;
      })
    )
  );

const lower = (x: Tensor): Tensor => tf.linalg.bandPart(x, -1, 0);

/** At matrices that have as many rows as columns, or more. */
function gradientOfDeep(q: Tensor, r: Tensor, dq: Tensor, dr: Tensor): Tensor {
  const qdq = tf.matMul(turned(q), dq);
  const rdr = tf.matMul(r, turned(dr));
  const half = lower(tf.add(tf.sub(qdq, turned(qdq)), tf.sub(rdr, turned(rdr))));
  const along = tf.matMul(q, tf.add(dr, overTurned(half, r)));
  return tf.add(along, overTurned(tf.sub(dq, tf.matMul(q, qdq)), r));
}

const columnsOf = (x: Tensor, from: number, count: number): Tensor =>
  tf.slice(x, [...x.shape.slice(1).map(() => 0), from], [...x.shape.slice(0, -1), count]);

/** Attribute `gives`: `q` or `r`. */
export const qr: Op = {
  forward([x], { attributes }) {
    const { q, r } = factorsOf(x);
    return stringOf(attributes, 'gives', 'q') === 'q' ? q : r;
  },
  backward(dy, { attributes, inputs: [x] }) {
    const { q, r } = factorsOf(x);
    const isOfQ = stringOf(attributes, 'gives', 'q') === 'q';
    const [dq, dr] = isOfQ ? [dy, tf.zerosLike(r)] : [tf.zerosLike(q), dy];
    const [rows, columns] = x.shape.slice(-2);
    if (rows >= columns) {
      return [gradientOfDeep(q, r, dq, dr)];
    }
    const further = columns - rows;
    const dv = columnsOf(dr, rows, further);
    const ofBoth = tf.add(dq, tf.matMul(columnsOf(x, rows, further), turned(dv)));
    const square = gradientOfDeep(q, columnsOf(r, 0, rows), ofBoth, columnsOf(dr, 0, rows));
    return [tf.concat([square, tf.matMul(q, dv)], -1)];
  },
  saves: savesInputs
};

const shareOf = (x: Tensor): number => 10 * Math.max(...x.shape.slice(-2)) * PRECISION;

/** Attribute `share`: the part of the largest singular value up to which others count as 0. */
export const pseudoInverse: Op = {
  forward([x], { attributes }) {
    const [rows, columns] = x.shape.slice(-2);
    const share = numberOrNull(attributes, 'share') ?? shareOf(x);
    return each(x, [columns, rows], values => pseudoInverseOf(values, rows, columns, share).inverse);
  },
  backward(dy, { attributes, inputs: [x] }) {
    const [rows, columns] = x.shape.slice(-2);
    const share = numberOrNull(attributes, 'share') ?? shareOf(x);
    const p = each(x, [columns, rows], values => {
      const { inverse, rank } = pseudoInverseOf(values, rows, columns, share);
      if (rank < Math.min(rows, columns)) {
        throw new MessageError(
          message(
            'a matrix of this picture has rows or columns that follow from others, where its pseudo-inverse jumps'
          )
        );
      }
      return inverse;
    });
    const [pt, dt] = [turned(p), turned(dy)];
    const projected = tf.matMul(tf.matMul(pt, dy), pt);
    // What of a change lies outside of the rows, and of the columns, of the matrix.
    const left = tf.matMul(tf.matMul(tf.sub(dt, tf.matMul(x, tf.matMul(p, dt))), p), pt);
    const right = tf.matMul(tf.matMul(pt, p), tf.sub(dt, tf.matMul(tf.matMul(dt, p), x)));
    return [tf.sub(tf.add(left, right), projected)];
  },
  saves: savesInputs
};

/** Counts the singular values above `above`, or above the rounding of the largest. */
export const matrixRank: Op = {
  forward([x], { attributes }) {
    const [rows, columns] = x.shape.slice(-2);
    return each(x, [], values => {
      const { values: singular } = svd(values, rows, columns);
      const least = numberOrNull(attributes, 'above') ?? Math.max(rows, columns) * PRECISION * Math.max(...singular);
      return [singular.filter(value => value > least).length];
    });
  },
  backward: () => [null],
  saves: savesNothing
};
