/** Max and average pooling with windows, and over the whole image. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numbersOf, pairOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { averagePoolGradient as averageOnWasm, maxPoolGradient as maxOnWasm } from '../../kernels/gradients';
import { type Windows } from '../../kernels/windows';
import { paddingOf } from '../convolution/convolution';
import { type Op, savesInputs, savesNothing } from '../op';
import { tfjsPadding, windowsOf } from '../windows';
import { averagePoolGradient, maxPoolGradient } from './pooling-gradient';

/** Keras' default stride is the window. */
function poolWindows(shape: number[], attributes: Attributes): Windows {
  const window = pairOf(attributes, 'pool_size', 2);
  const strides =
    attributes.strides === null || attributes.strides === undefined ? window : pairOf(attributes, 'strides', 1);
  return windowsOf(shape, window, strides, [1, 1], paddingOf(attributes));
}

/** A pool of one cell only skips cells; the pooling kernels of some backends refuse it, a 1x1 convolution does not. */
function skipCells(x: Tensor4D, windows: Windows): Tensor4D {
  const channels = x.shape[3];
  return tf.depthwiseConv2d(x, tf.ones([1, 1, channels, 1]), [windows.rows.stride, windows.columns.stride], 'valid');
}

function isSingleCell(windows: Windows): boolean {
  return windows.rows.window === 1 && windows.columns.window === 1;
}

type PoolFunction = (x: Tensor4D, windows: Windows, size: [number, number], strides: [number, number]) => Tensor4D;

function forwardPool(x: Tensor, attributes: Attributes, pool: PoolFunction): Tensor {
  const windows = poolWindows(x.shape, attributes);
  if (isSingleCell(windows)) {
    return skipCells(x as Tensor4D, windows);
  }
  const { rows, columns } = windows;
  return pool(x as Tensor4D, windows, [rows.window, columns.window], [rows.stride, columns.stride]);
}

export const maxPool2d: Op = {
  forward([x], { attributes }) {
    return forwardPool(x, attributes, (x4, windows, size, strides) =>
      tf.maxPool(x4, size, strides, tfjsPadding(windows))
    );
  },
  backward(dy, { attributes, inputs: [x] }) {
    const windows = poolWindows(x.shape, attributes);
    const fast = maxOnWasm(x as Tensor4D, dy as Tensor4D, windows);
    if (fast) {
      return [fast];
    }
    const values = maxPoolGradient(
      x.dataSync<'float32'>(),
      dy.dataSync<'float32'>(),
      x.shape[0],
      x.shape[3] ?? 1,
      windows
    );
    return [tf.tensor(values, x.shape)];
  },
  saves: savesInputs
};

export const averagePool2d: Op = {
  forward([x], { attributes }) {
    return forwardPool(x, attributes, (x4, windows, size, strides) =>
      tf.avgPool(x4, size, strides, tfjsPadding(windows))
    );
  },
  backward(dy, { attributes, inputShapes: [shape] }) {
    const windows = poolWindows(shape, attributes);
    const fast = averageOnWasm(shape, dy as Tensor4D, windows);
    return [fast ?? tf.tensor(averagePoolGradient(dy.dataSync<'float32'>(), shape[0], shape[3], windows), shape)];
  },
  saves: savesNothing
};

/** Attribute `axes`: the spatial axes; `keepdims` as Keras. */
function axesOf(attributes: Attributes): number[] {
  return numbersOf(attributes, 'axes', [1, 2]);
}

/** dy with its reduced axes put back as 1. */
export function restored(dy: Tensor, shape: number[], axes: number[]): Tensor {
  return tf.reshape(
    dy,
    shape.map((size, i) => (axes.includes(i) ? 1 : size))
  );
}

export const globalAverage: Op = {
  forward([x], { attributes }) {
    return tf.mean(x, axesOf(attributes), booleanOf(attributes, 'keepdims', false));
  },
  backward(dy, { attributes, inputShapes: [shape] }) {
    const axes = axesOf(attributes);
    const count = axes.reduce((product, axis) => product * shape[axis], 1);
    return [tf.mul(restored(dy, shape, axes), tf.fill(shape, 1 / count))];
  },
  saves: savesNothing
};

export const globalMax: Op = {
  forward([x], { attributes }) {
    return tf.max(x, axesOf(attributes), booleanOf(attributes, 'keepdims', false));
  },
  backward(dy, { attributes, inputs: [x], output }) {
    // TensorFlow shares the gradient of a reduction equally among equal maxima.
    const axes = axesOf(attributes);
    const mask = tf.cast(tf.equal(x, restored(output, x.shape, axes)), 'float32');
    const share = tf.div(restored(dy, x.shape, axes), tf.sum(mask, axes, true));
    return [tf.mul(mask, share)];
  },
  saves: () => ({ inputs: true, output: true })
};
