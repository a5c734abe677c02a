/** Keras 2's LocallyConnected2D on (n, h, w, c): a convolution with a kernel of its own for each place. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numbersOf } from '../../../graph/attributes';
import type { WindowAxis } from '../../kernels/windows';
import { type Op, type OpContext, savesNothing } from '../op';
import { foldedTaps, tapsOf } from '../volume/taps';
import { windowsOf } from '../windows';

function axesOf(shape: number[], { attributes }: OpContext): [rows: WindowAxis, columns: WindowAxis] {
  const [height, width] = numbersOf(attributes, 'kernel_size', [1, 1]);
  const [down, right] = numbersOf(attributes, 'strides', [1, 1]);
  const { rows, columns } = windowsOf(shape, [height, width], [down, right], [1, 1], 'valid');
  return [rows, columns];
}

/** The values of each window, row by row, as (places, n, values): what Keras multiplies with the kernel. */
function patchesOf(x: Tensor, [rows, columns]: [WindowAxis, WindowAxis]): Tensor {
  const [n, height, width, channels] = x.shape;
  const parts = tapsOf(tf.reshape(x, [n, height, width * channels]), rows).flatMap(row =>
    tapsOf(tf.reshape(row, [n * rows.output, width, channels]), columns)
  );
  const values = parts.length * channels;
  const patches = tf.reshape(tf.concat(parts, 2), [n, rows.output * columns.output, values]);
  return tf.transpose(patches, [1, 0, 2]);
}

/** The adjoint of {@link patchesOf}. */
function fromPatches(patches: Tensor, shape: number[], [rows, columns]: [WindowAxis, WindowAxis]): Tensor {
  const [n, height, width, channels] = shape;
  const parts = tf.split(
    tf.reshape(tf.transpose(patches, [1, 0, 2]), [n * rows.output, columns.output, -1]),
    rows.window * columns.window,
    2
  );
  const taps = Array.from({ length: rows.window }, (_, row) => {
    const own = parts.slice(row * columns.window, (row + 1) * columns.window);
    return tf.reshape(foldedTaps(own, columns), [n, rows.output, width * channels]);
  });
  return tf.reshape(foldedTaps(taps, rows), [n, height, width, channels]);
}

export const locallyConnected2d: Op = {
  forward([x], context) {
    const axes = axesOf(x.shape, context);
    const kernel = context.weight('kernel');
    const y = tf.transpose(tf.matMul(patchesOf(x, axes), kernel), [1, 0, 2]);
    const placed = tf.reshape(y, [x.shape[0], axes[0].output, axes[1].output, kernel.shape[2]!]);
    return context.hasWeight('bias') ? tf.add(placed, context.weight('bias')) : placed;
  },
  backward(dy, context) {
    const [shape] = context.inputShapes;
    const [n, height, width, filters] = dy.shape;
    const byPlace = tf.transpose(tf.reshape(dy, [n, height * width, filters!]), [1, 0, 2]);
    const patches = tf.matMul(byPlace, context.weight('kernel'), false, true);
    return [fromPatches(patches, shape, axesOf(shape, context))];
  },
  saves: savesNothing
};
