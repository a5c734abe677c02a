/** DepthwiseConv2D with any depth multiplier, on (n, h, w, c); kernel (h, w, c, multiplier). */
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { pairOf } from '../../../graph/attributes';
import { depthwiseGradient } from '../../kernels/gradients';
import { fusedActivation, fusedGradient, savesForFused } from '../activation/fused-activation';
import type { Op } from '../op';
import { tfjsPadding, windowsOf } from '../windows';
import { paddingOf } from './convolution';
import { mirroredConvolution } from './convolution-gradient';

export const depthwiseConv2d: Op = {
  forward([x], context) {
    const filter = context.weight('depthwise_kernel') as Tensor4D;
    const windows = windowsOf(
      x.shape,
      [filter.shape[0], filter.shape[1]],
      pairOf(context.attributes, 'strides', 1),
      pairOf(context.attributes, 'dilation_rate', 1),
      paddingOf(context.attributes)
    );
    return tf.fused.depthwiseConv2d({
      x: x as Tensor4D,
      filter,
      bias: context.hasWeight('bias') ? (context.weight('bias') as Tensor1D) : undefined,
      strides: [windows.rows.stride, windows.columns.stride],
      dilations: [windows.rows.dilation, windows.columns.dilation],
      // Its types know no explicit padding, its kernels do.
      pad: tfjsPadding(windows) as 'valid',
      activation: fusedActivation(context.attributes)
    });
  },
  backward(dy, context) {
    const filter = context.weight('depthwise_kernel') as Tensor4D;
    const [h, w, c, multiplier] = filter.shape;
    const windows = windowsOf(
      context.inputShapes[0],
      [h, w],
      pairOf(context.attributes, 'strides', 1),
      pairOf(context.attributes, 'dilation_rate', 1),
      paddingOf(context.attributes)
    );
    const through = fusedGradient(dy, context);
    const fast = depthwiseGradient(context.inputShapes[0], through as Tensor4D, filter, windows);
    if (fast) {
      return [fast];
    }
    const [n, rows, columns] = through.shape;
    const byMultiple = tf.reshape(through, [n * rows * columns, c, multiplier]);
    let sum: Tensor4D | null = null;
    for (let q = 0; q < multiplier; q++) {
      const part = multiplier === 1 ? through : tf.slice(byMultiple, [0, 0, q], [n * rows * columns, c, 1]);
      const mirrored = context.derived(`mirrored ${q}`, () =>
        tf.tidy(() => tf.reverse(tf.slice(filter, [0, 0, 0, q], [h, w, c, 1]), [0, 1]))
      ) as Tensor4D;
      const gradient = mirroredConvolution(
        tf.reshape(part, [n, rows, columns, c]) as Tensor4D,
        windows,
        (input, pad, dilations) => tf.depthwiseConv2d(input, mirrored, 1, pad, 'NHWC', dilations)
      );
      sum = sum ? tf.add<Tensor4D>(sum, gradient) : gradient;
    }
    return [sum];
  },
  saves: savesForFused
};
