/**
 * Conv3D and Conv3DTranspose on (n, d, h, w, c). The cells along the depth that
 * a window meets are brought side by side as channels, so that one
 * two-dimensional convolution, with all that it knows of groups, strides and
 * fast kernels, sums over all three axes.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, numbersOf, stringOf } from '../../../graph/attributes';
import { cut, joined } from '../../kernels/copies';
import type { WindowAxis } from '../../kernels/windows';
import { conv2d, conv2dTranspose, paddingOf, transposedLength } from '../convolution';
import { savesForFused } from '../fused-activation';
import { type BackwardContext, type Op, type OpContext, savesNothing } from '../op';
import { windowAxis } from '../windows';
import { foldedTaps, tapsOf } from './taps';

type Sizes = [number, number, number, number, number];

const sizesOf = (shape: readonly number[]): Sizes => shape as Sizes;

/** Every depth as a sample of its own. */
const planesOf = (x: Tensor): Tensor => {
  const [n, d, h, w, c] = sizesOf(x.shape);
  return tf.reshape(x, [n * d, h, w, c]);
};

const volumeOf = (planes: Tensor, samples: number): Tensor => {
  const [all, ...rest] = planes.shape;
  return tf.reshape(planes, [samples, all / samples, ...rest]);
};

/** (n, d, h, w, c) to (n output, h, w, window c): of each group of channels the taps, one after the other. */
function gathered(x: Tensor, axis: WindowAxis, groups: number): Tensor {
  const [n, d, h, w, c] = sizesOf(x.shape);
  const taps = tapsOf(tf.reshape(x, [n, d, h * w * c]), axis).map(tap => tf.reshape(tap, [-1, c / groups]));
  const cells = taps.length === 1 ? taps[0] : joined(taps, 1);
  return tf.reshape(cells, [n * axis.output, h, w, axis.window * c]);
}

/** The adjoint of {@link gathered}. */
function scattered(planes: Tensor, axis: WindowAxis, groups: number): Tensor {
  const [all, h, w, wide] = planes.shape as [number, number, number, number];
  const [n, c] = [all / axis.output, wide / axis.window];
  const rows = tf.reshape(planes, [-1, wide / groups]);
  const size = c / groups;
  const taps = Array.from({ length: axis.window }, (_, tap) =>
    tf.reshape(cut(rows, 1, tap * size, size), [n, axis.output, h * w * c])
  );
  return tf.reshape(foldedTaps(taps, axis), [n, axis.input, h, w, c]);
}

/** The kernel (kd, kh, kw, from, to) as one of planes, (kh, kw, kd from, to). */
function kernelOfPlanes(context: OpContext): Tensor {
  return context.derived('kernel of planes', () =>
    tf.tidy(() => {
      const kernel = context.weight('kernel');
      const [kd, kh, kw, from, to] = sizesOf(kernel.shape);
      return tf.reshape(tf.transpose(kernel, [1, 2, 0, 3, 4]), [kh, kw, kd * from, to]);
    })
  );
}

const tripleOf = (context: OpContext, key: string): number[] => {
  const values = numbersOf(context.attributes, key, [1]);
  return [values[0], values[1] ?? values[0], values[2] ?? values[0]];
};

/** What the convolution of the planes is given: the sizes of their two axes, and the kernel in their form. */
function inPlanes<C extends OpContext>(context: C, hasBias: boolean): C {
  const { attributes } = context;
  const extra = numbersOf(attributes, 'output_padding', []);
  return {
    ...context,
    attributes: {
      ...attributes,
      strides: tripleOf(context, 'strides').slice(1),
      dilation_rate: tripleOf(context, 'dilation_rate').slice(1),
      output_padding: extra.length === 0 ? null : [extra[1] ?? extra[0], extra[2] ?? extra[0]]
    },
    weight: (role: string) => (role === 'kernel' ? kernelOfPlanes(context) : context.weight(role)),
    hasWeight: (role: string) => (role !== 'bias' || hasBias) && context.hasWeight(role)
  };
}

/** Windows along the depth of an input of this shape. */
function depthOf(depth: number, context: OpContext): WindowAxis {
  const window = context.weight('kernel').shape[0];
  const padding = paddingOf(context.attributes) === 'same' ? 'same' : 'valid';
  return windowAxis(depth, window, tripleOf(context, 'strides')[0], tripleOf(context, 'dilation_rate')[0], padding);
}

const groupsOf = (context: OpContext): number => numberOf(context.attributes, 'groups', 1);

/** The gradient of an operation on planes; `shape` is that of its input. */
function backThrough(op: Op, dy: Tensor, shape: number[], context: BackwardContext): Tensor {
  const planes = planesOf(dy);
  const output = context.output.rank === 5 ? planesOf(context.output) : context.output;
  const own = { ...inPlanes(context, true), inputs: [], output, inputShapes: [shape], outputShape: planes.shape };
  return op.backward(planes, own)[0]!;
}

export const conv3d: Op = {
  forward([x], context) {
    const planes = gathered(x, depthOf(x.shape[1]!, context), groupsOf(context));
    return volumeOf(conv2d.forward([planes], inPlanes(context, true)), x.shape[0]);
  },
  backward(dy, context) {
    const [n, d, h, w, c] = sizesOf(context.inputShapes[0]);
    const axis = depthOf(d, context);
    const gradient = backThrough(conv2d, dy, [n * axis.output, h, w, axis.window * c], context);
    return [scattered(gradient, axis, groupsOf(context))];
  },
  saves: savesForFused
};

/** Windows along the depth of the convolution of which a Conv3DTranspose is the gradient; `depth` is its input's. */
function transposedDepth(depth: number, context: OpContext): WindowAxis {
  const extra = numbersOf(context.attributes, 'output_padding', []);
  const length = transposedLength(
    depth,
    context.weight('kernel').shape[0],
    tripleOf(context, 'strides')[0],
    tripleOf(context, 'dilation_rate')[0],
    stringOf(context.attributes, 'padding', 'valid').toLowerCase(),
    extra.length === 0 ? null : extra[0]
  );
  return depthOf(length, context);
}

export const conv3dTranspose: Op = {
  forward([x], context) {
    const taps = conv2dTranspose.forward([planesOf(x)], inPlanes(context, false));
    const y = scattered(taps, transposedDepth(x.shape[1]!, context), 1);
    return context.hasWeight('bias') ? tf.add(y, context.weight('bias')) : y;
  },
  backward(dy, context) {
    const [n, d, h, w, c] = sizesOf(context.inputShapes[0]);
    const taps = gathered(dy, transposedDepth(d, context), 1);
    const own = inPlanes(context, false);
    const [gradient] = conv2dTranspose.backward(taps, {
      ...own,
      inputs: [],
      inputShapes: [[n * d, h, w, c]],
      outputShape: taps.shape
    });
    return [volumeOf(gradient!, n)];
  },
  saves: savesNothing
};
