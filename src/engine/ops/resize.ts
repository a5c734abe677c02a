/**
 * UpSampling2D, Resizing and CenterCrop's kin. A separable resize is two
 * matrix products, y = R x Cᵀ; its gradient is the products with the
 * transposed matrices, which tfjs' own (half-pixel) gradient gets wrong.
 */
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, pairOf, stringOf } from '../../graph/attributes';
import type { Attributes } from '../../graph/model-graph';
import { type Op, savesNothing } from './op';
import { type ResizeKind, resizeMatrix } from './resize-matrix';

/** rows (H, h) and columns (W, w) applied to (n, h, w, c); transposed: the other way round. */
function separable(x: Tensor4D, rows: Tensor2D, columns: Tensor2D, transposed: boolean): Tensor4D {
  const [n, h, w, c] = x.shape;
  const height = transposed ? rows.shape[1] : rows.shape[0];
  const width = transposed ? columns.shape[1] : columns.shape[0];
  const images = tf.unstack(tf.reshape(x, [n, h, w * c])).map(image => tf.matMul(rows, image as Tensor2D, transposed));
  const tall = tf.reshape(images.length === 1 ? images[0] : tf.stack(images), [n * height, w, c]) as Tensor3D;
  // The columns' product wants the columns first: one transpose each way instead of a product per row.
  const across = tf.reshape(tf.transpose(tall, [1, 0, 2]), [w, n * height * c]) as Tensor2D;
  const wide = tf.reshape(tf.matMul(columns, across, transposed), [width, n * height, c]);
  return tf.reshape(tf.transpose(wide, [1, 0, 2]), [n, height, width, c]);
}

function matrix(from: number, to: number, kind: ResizeKind): Tensor2D {
  return tf.tensor2d(resizeMatrix(from, to, kind), [to, from]);
}

/** A resize by matrices to the size that `sizeOf` gives. */
function resizing(sizeOf: (shape: number[], attributes: Attributes) => [number, number]): Op {
  const run = (x: Tensor, from: number[], attributes: Attributes, transposed: boolean) => {
    const kind = stringOf(attributes, 'interpolation', 'nearest') as ResizeKind;
    const [height, width] = sizeOf(from, attributes);
    return separable(x as Tensor4D, matrix(from[1], height, kind), matrix(from[2], width, kind), transposed);
  };
  return {
    forward: ([x], { attributes }) => run(x, x.shape, attributes, false),
    backward: (dy, { attributes, inputShapes: [shape] }) => [run(dy, shape, attributes, true)],
    saves: savesNothing
  };
}

const upsampledSize = (shape: number[], attributes: Attributes): [number, number] => {
  const [rows, columns] = pairOf(attributes, 'size', 2);
  return [shape[1] * rows, shape[2] * columns];
};

const byMatrix = resizing(upsampledSize);

/** Repeats rows and columns by whole numbers (nearest), or interpolates (half-pixel centres). */
export const upSampling2d: Op = {
  forward(inputs, context) {
    if (stringOf(context.attributes, 'interpolation', 'nearest') !== 'nearest') {
      return byMatrix.forward(inputs, context);
    }
    return tf.image.resizeNearestNeighbor(inputs[0] as Tensor4D, upsampledSize(inputs[0].shape, context.attributes));
  },
  backward(dy, context) {
    if (stringOf(context.attributes, 'interpolation', 'nearest') !== 'nearest') {
      return byMatrix.backward(dy, context);
    }
    const size = pairOf(context.attributes, 'size', 2);
    if (size[0] * size[1] === 1) {
      return [tf.clone(dy)];
    }
    return [tf.mul(tf.avgPool(dy as Tensor4D, size, size, 'valid'), size[0] * size[1])];
  },
  saves: savesNothing
};

export const resizingLayer = resizing((_, attributes) => [
  numberOf(attributes, 'height', 1),
  numberOf(attributes, 'width', 1)
]);

/** CenterCrop: the middle height x width cells, the extra cell of an odd rest after them. */
export const centerCrop: Op = {
  forward([x], { attributes }) {
    const [n, h, w, c] = x.shape;
    const height = numberOf(attributes, 'height', h);
    const width = numberOf(attributes, 'width', w);
    return tf.slice(x, [0, Math.floor((h - height) / 2), Math.floor((w - width) / 2), 0], [n, height, width, c]);
  },
  backward(dy, { inputShapes: [[, h, w]] }) {
    const top = Math.floor((h - dy.shape[1]!) / 2);
    const left = Math.floor((w - dy.shape[2]!) / 2);
    return [
      tf.pad(dy, [
        [0, 0],
        [top, h - dy.shape[1]! - top],
        [left, w - dy.shape[2]! - left],
        [0, 0]
      ])
    ];
  },
  saves: savesNothing
};
