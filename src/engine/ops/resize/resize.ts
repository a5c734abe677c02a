/**
 * UpSampling2D, Resizing and CenterCrop's kin. A separable resize is two
 * matrix products, y = R x Cᵀ; its gradient is the products with the
 * transposed matrices, which tfjs' own (half-pixel) gradient gets wrong.
 */
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numberOf, pairOf, stringOf } from '../../../graph/attributes';
import { type Frame, frames } from '../../../graph/classes/resize-geometry';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, type OpContext, savesNothing } from '../op';
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

/** The matrix of one axis, whose columns stand for the input's cells alone. */
function matrix(from: number, to: number, { size, edge }: Frame, attributes: Attributes): Tensor2D {
  const kind = stringOf(attributes, 'interpolation', 'nearest') as ResizeKind;
  const whole = resizeMatrix(size, to, kind, booleanOf(attributes, 'antialias', false));
  const own = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    for (let j = Math.max(-edge, 0); j < from && j + edge < size; j++) {
      own[i * from + j] = whole[i * size + j + edge];
    }
  }
  return tf.tensor2d(own, [to, from]);
}

/** A resize by matrices to the size that `sizeOf` gives. */
function resizing(sizeOf: (shape: number[], attributes: Attributes) => [number, number]): Op {
  const matrices = (from: number[], attributes: Attributes): [Tensor2D, Tensor2D] => {
    const [height, width] = sizeOf(from, attributes);
    const [rows, columns] = frames(from.slice(1, 3), [height, width], attributes);
    return [matrix(from[1], height, rows, attributes), matrix(from[2], width, columns, attributes)];
  };
  return {
    forward([x], { attributes }) {
      const [rows, columns] = matrices(x.shape, attributes);
      const y = separable(x as Tensor4D, rows, columns, false);
      const fill = numberOf(attributes, 'fill_value', 0);
      if (fill === 0 || !booleanOf(attributes, 'pad_to_aspect_ratio', false)) {
        return y;
      }
      // The part of each cell outside the image takes the value put around it.
      const [down, across] = [tf.sum(rows, 1), tf.sum(columns, 1)];
      const image = tf.mul(tf.reshape(down, [1, -1, 1, 1]), tf.reshape(across, [1, 1, -1, 1]));
      return tf.add(y, tf.mul(tf.sub(1, image), fill));
    },
    backward(dy, { attributes, inputShapes: [shape] }) {
      return [separable(dy as Tensor4D, ...matrices(shape, attributes), true)];
    },
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

/** The middle height x width cells, the extra cell of an odd rest after them. */
const cut: Op = {
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

/** CenterCrop; one that is larger than its input along an axis resizes, without changing the aspect ratio. */
export const centerCrop: Op = {
  forward: ([x], context) =>
    (isWithin(x.shape, context.attributes) ? cut : resizingLayer).forward([x], resized(context)),
  backward: (dy, context) =>
    (isWithin(context.inputShapes[0], context.attributes) ? cut : resizingLayer).backward(dy, resized(context)),
  saves: savesNothing
};

const isWithin = (shape: number[], attributes: Attributes): boolean =>
  numberOf(attributes, 'height', 1) <= shape[1] && numberOf(attributes, 'width', 1) <= shape[2];

const resized = <C extends OpContext>(context: C): C => ({
  ...context,
  attributes: { ...context.attributes, interpolation: 'bilinear', crop_to_aspect_ratio: true }
});
