/**
 * Windows along one axis of a tensor that is seen as (outer, cells, inner). A
 * tap is the cells that one place of the window meets as it moves; what a
 * window computes is made of its taps, with no kernel for the axis.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { cut, padOrCrop } from '../../kernels/copies';
import type { WindowAxis } from '../../kernels/windows';

/** Pads the cells with zeros; negative padding crops. */
export function padCells(x: Tensor, edges: readonly [before: number, after: number]): Tensor {
  const [outer, cells, inner] = x.shape as [number, number, number];
  const y = padOrCrop(tf.reshape(x, [outer, cells, 1, inner]), edges, [0, 0]);
  return tf.reshape(y, [outer, cells + edges[0] + edges[1], inner]);
}

/** Cells, padding among them, of which every tap can take whole strides. */
const reachOf = ({ window, dilation, output, stride }: WindowAxis): number => (window - 1) * dilation + output * stride;

/** The taps, each (outer, output, inner). */
export function tapsOf(x: Tensor, axis: WindowAxis): Tensor[] {
  const { input, output, window, stride, dilation, before } = axis;
  const padded = padCells(x, [before, Math.max(reachOf(axis) - before - input, 0)]);
  return Array.from({ length: window }, (_, tap) => {
    const run = cut(padded, 1, tap * dilation, output * stride);
    if (stride === 1) {
      return run;
    }
    const [outer, , inner] = run.shape as [number, number, number];
    return tf.reshape(cut(tf.reshape(run, [outer * output, stride, inner]), 1, 0, 1), [outer, output, inner]);
  });
}

/** The adjoint of {@link tapsOf}: each cell gets the sum of what the taps hold of it. */
export function foldedTaps(taps: readonly Tensor[], axis: WindowAxis): Tensor {
  const { input, output, stride, dilation, before } = axis;
  const length = Math.max(reachOf(axis), before + input);
  const placed = taps.map((part, tap) => {
    const [outer, , inner] = part.shape as [number, number, number];
    const spread = padCells(tf.reshape(part, [outer * output, 1, inner]), [0, stride - 1]);
    const run = tf.reshape(spread, [outer, output * stride, inner]);
    return padCells(run, [tap * dilation, length - tap * dilation - output * stride]);
  });
  return padCells(tf.addN(placed), [-before, before + input - length]);
}
