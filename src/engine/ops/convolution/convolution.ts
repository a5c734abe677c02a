/** Conv2D with groups, strides or dilation, and Conv2DTranspose, on (n, h, w, c). */
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { edgesOf, numberOf, numbersOf, pairOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type Windows } from '../../kernels/windows';
import { suitsWinograd, winogradConvolution, winogradFilter } from '../../kernels/winograd';
import { fusedActivation, fusedGradient, savesForFused } from '../activation/fused-activation';
import type { Op, OpContext } from '../op';
import { type Padding, tfjsPadding, windowsOf } from '../windows';
import {
  mirroredConvolution,
  mirroredFilter,
  mirroredPadding,
  phasedConvolution,
  phasedFilter,
  suitsPhases
} from './convolution-gradient';

/** `padding` as Keras spells it, or `explicit` with `pads` where a ZeroPadding2D was merged into the layer. */
export function paddingOf(attributes: Attributes): Padding {
  const padding = stringOf(attributes, 'padding', 'valid').toLowerCase();
  if (padding === 'explicit') {
    return edgesOf(attributes, 'pads');
  }
  return padding === 'same' ? 'same' : 'valid';
}

function convolutionWindows(shape: number[], filter: number[], attributes: Attributes): Windows {
  return windowsOf(
    shape,
    [filter[0], filter[1]],
    pairOf(attributes, 'strides', 1),
    pairOf(attributes, 'dilation_rate', 1),
    paddingOf(attributes)
  );
}

function groupsOf(attributes: Attributes): number {
  return numberOf(attributes, 'groups', 1);
}

/** The filters of each group, cut from the kernel's last axis once and kept. */
function groupFilter(context: OpContext, group: number, groups: number): Tensor4D {
  const kernel = context.weight('kernel') as Tensor4D;
  if (groups === 1) {
    return kernel;
  }
  const [h, w, i, o] = kernel.shape;
  const size = o / groups;
  return context.derived(`group ${group}`, () =>
    tf.slice(kernel, [0, 0, 0, group * size], [h, w, i, size])
  ) as Tensor4D;
}

function groupBias(context: OpContext, group: number, groups: number): Tensor1D | undefined {
  if (!context.hasWeight('bias')) {
    return undefined;
  }
  const bias = context.weight('bias') as Tensor1D;
  const size = bias.shape[0] / groups;
  return groups === 1
    ? bias
    : (context.derived(`bias of group ${group}`, () => tf.slice(bias, [group * size], [size])) as Tensor1D);
}

/** True if a convolution over these windows moves cell by cell. */
function isDense({ rows, columns }: Windows): boolean {
  return [rows, columns].every(
    axis => axis.stride === 1 && axis.dilation === 1 && axis.before < axis.window && axis.after < axis.window
  );
}

/** The gradient at the input of a convolution with `filter`; `key` tells its filters from others of the step. */
function gradientAtInput(dy: Tensor4D, windows: Windows, filter: Tensor4D, context: OpContext, key = ''): Tensor4D {
  const { rows, columns } = windows;
  if (isDense(windows) && suitsWinograd(filter.shape)) {
    const u = context.derived(`winograd mirrored${key}`, () => tf.tidy(() => winogradFilter(mirroredFilter(filter))));
    const margins = { top: mirroredPadding(rows)[0], left: mirroredPadding(columns)[0] };
    return winogradConvolution(dy, u, [rows.input, columns.input, filter.shape[2]], margins, null, 'linear');
  }
  if (suitsPhases(windows)) {
    const phased = context.derived(`phased${key}`, () => phasedFilter(filter, rows.stride)) as Tensor4D;
    return phasedConvolution(windows, phased, pad => tf.conv2d(dy, phased, 1, pad));
  }
  const mirrored = context.derived(`mirrored${key}`, () => mirroredFilter(filter)) as Tensor4D;
  return mirroredConvolution(dy, windows, (input, pad, dilations) =>
    tf.conv2d(input, mirrored, 1, pad, 'NHWC', dilations)
  );
}

export const conv2d: Op = {
  forward([x], context) {
    const groups = groupsOf(context.attributes);
    if (groups === 1) {
      const filter = context.weight('kernel') as Tensor4D;
      const windows = convolutionWindows(x.shape, filter.shape, context.attributes);
      if (isDense(windows) && suitsWinograd(filter.shape)) {
        const { rows, columns } = windows;
        const u = context.derived('winograd', () => winogradFilter(filter));
        const margins = { top: rows.before, left: columns.before };
        const bias = groupBias(context, 0, 1) ?? null;
        return winogradConvolution(
          x as Tensor4D,
          u,
          [rows.output, columns.output, filter.shape[3]],
          margins,
          bias,
          fusedActivation(context.attributes)
        );
      }
    }
    const parts = groups === 1 ? [x] : tf.split(x, groups, 3);
    const outputs = parts.map((part, group) => {
      const filter = groupFilter(context, group, groups);
      const windows = convolutionWindows(part.shape, filter.shape, context.attributes);
      return tf.fused.conv2d({
        x: part as Tensor4D,
        filter,
        bias: groupBias(context, group, groups),
        strides: [windows.rows.stride, windows.columns.stride],
        dilations: [windows.rows.dilation, windows.columns.dilation],
        pad: tfjsPadding(windows),
        activation: fusedActivation(context.attributes)
      });
    });
    return groups === 1 ? outputs[0] : tf.concat(outputs, 3);
  },
  backward(dy, context) {
    const groups = groupsOf(context.attributes);
    const through = fusedGradient(dy, context);
    const parts = groups === 1 ? [through] : tf.split(through, groups, 3);
    const shape = context.inputShapes[0];
    const gradients = parts.map((part, group) => {
      const filter = groupFilter(context, group, groups);
      const windows = convolutionWindows([...shape.slice(0, 3), shape[3] / groups], filter.shape, context.attributes);
      return gradientAtInput(part as Tensor4D, windows, filter, context, ` of group ${group}`);
    });
    return [groups === 1 ? gradients[0] : tf.concat(gradients, 3)];
  },
  saves: savesForFused
};

/**
 * Output size of one axis of a transposed convolution, as
 * `keras.src.backend.common.backend_utils` computes it.
 */
export function transposedLength(
  input: number,
  window: number,
  stride: number,
  dilation: number,
  padding: string,
  extra: number | null
): number {
  const extent = (window - 1) * dilation + 1;
  if (extra === null) {
    return padding === 'same' ? input * stride : input * stride + Math.max(extent - stride, 0);
  }
  const pad = padding === 'same' ? Math.floor(extent / 2) : 0;
  return (input - 1) * stride + extent - 2 * pad + extra;
}

/** The windows of the convolution of which a Conv2DTranspose over `shape` is the gradient. */
export function transposedWindows(shape: number[], kernel: number[], attributes: Attributes): Windows {
  const strides = pairOf(attributes, 'strides', 1);
  const dilations = pairOf(attributes, 'dilation_rate', 1);
  const padding = stringOf(attributes, 'padding', 'valid').toLowerCase();
  const extra = numbersOf(attributes, 'output_padding', []);
  const length = (i: 0 | 1) =>
    transposedLength(
      shape[i + 1],
      kernel[i],
      strides[i],
      dilations[i],
      padding,
      extra.length ? (extra[i] ?? extra[0]) : null
    );
  const windows = windowsOf(
    [shape[0], length(0), length(1), kernel[2]],
    [kernel[0], kernel[1]],
    strides,
    dilations,
    padding === 'same' ? 'same' : 'valid'
  );
  return windows;
}

export const conv2dTranspose: Op = {
  forward([x], context) {
    const kernel = context.weight('kernel') as Tensor4D;
    const windows = transposedWindows(x.shape, kernel.shape, context.attributes);
    const y: Tensor = gradientAtInput(x as Tensor4D, windows, kernel, context);
    return context.hasWeight('bias') ? tf.add(y, context.weight('bias')) : y;
  },
  backward(dy, context) {
    const kernel = context.weight('kernel') as Tensor4D;
    const windows = transposedWindows(context.inputShapes[0], kernel.shape, context.attributes);
    const gradient = tf.conv2d(
      dy as Tensor4D,
      kernel,
      [windows.rows.stride, windows.columns.stride],
      tfjsPadding(windows),
      'NHWC',
      [windows.rows.dilation, windows.columns.dilation]
    );
    return [gradient];
  },
  saves: () => ({ inputs: false, output: false })
};
