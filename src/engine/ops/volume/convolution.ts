/**
 * Conv3D and Conv3DTranspose on (n, d, h, w, c). The cells along the depth that
 * a window meets are brought side by side as channels, so that one
 * two-dimensional convolution, with all that it knows of groups, strides and
 * fast kernels, sums over all three axes.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, numbersOf, stringOf, tripleOf } from '../../../graph/attributes';
import { cut } from '../../kernels/copies';
import type { WindowAxis } from '../../kernels/windows';
import { savesForFused } from '../activation/fused-activation';
import { conv2d, conv2dTranspose, paddingOf, transposedLength } from '../convolution/convolution';
import { type BackwardContext, type Op, type OpContext, type OpInParts, type Parts, savesNothing } from '../op';
import { windowAxis } from '../windows';
import { fromPlanes, planesOf, sizesOf, throughPlanes } from './depth';

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

/** Inputs of the convolution of the planes: the sizes of their two axes, and the kernel in their form. */
function inPlanes<C extends OpContext>(context: C, hasBias: boolean): C {
  const { attributes } = context;
  const extra = numbersOf(attributes, 'output_padding', []);
  return {
    ...context,
    attributes: {
      ...attributes,
      strides: tripleOf(context.attributes, 'strides').slice(1),
      dilation_rate: tripleOf(context.attributes, 'dilation_rate').slice(1),
      output_padding: extra.length === 0 ? null : [extra[1] ?? extra[0], extra[2] ?? extra[0]]
    },
    weight: (role: string) => (role === 'kernel' ? kernelOfPlanes(context) : context.weight(role)),
    hasWeight: (role: string) => (role !== 'bias' || hasBias) && context.hasWeight(role)
  };
}

/** Windows along the depth of an input of this depth. */
function depthOf(depth: number, context: OpContext): WindowAxis {
  const window = context.weight('kernel').shape[0];
  const padding = paddingOf(context.attributes) === 'same' ? 'same' : 'valid';
  return windowAxis(
    depth,
    window,
    tripleOf(context.attributes, 'strides')[0],
    tripleOf(context.attributes, 'dilation_rate')[0],
    padding
  );
}

const groupsOf = (context: OpContext): number => numberOf(context.attributes, 'groups', 1);

/** The gradient of an operation on planes at its input, which has this shape. */
function backThrough(op: Op, planes: Tensor, shape: number[], output: Tensor, context: BackwardContext): Tensor {
  const own = { ...inPlanes(context, true), inputs: [], output, inputShapes: [shape], outputShape: planes.shape };
  return op.backward(planes, own)[0]!;
}

/** Runs to the end without a pause, for what has this operation inside its own. */
function atOnce<T>(parts: Parts<T>): T {
  for (;;) {
    const part = parts.next();
    if (part.done) {
      return part.value;
    }
  }
}

/** An operation of one input that can be made in parts, or at once. */
function inParts(
  forward: (x: Tensor, context: OpContext) => Parts<Tensor>,
  backward: (dy: Tensor, context: BackwardContext) => Parts<Tensor>,
  saves: Op['saves']
): Op & OpInParts {
  function* backwardInParts(dy: Tensor, context: BackwardContext): Parts<Tensor[]> {
    return [yield* backward(dy, context)];
  }
  return {
    forwardInParts: ([x], context) => forward(x, context),
    backwardInParts,
    forward: ([x], context) => atOnce(forward(x, context)),
    backward: (dy, context) => atOnce(backwardInParts(dy, context)),
    saves
  };
}

export const conv3d = inParts(
  (x, context) =>
    throughPlanes(x, depthOf(x.shape[1]!, context), groupsOf(context), planes =>
      conv2d.forward([planes], inPlanes(context, true))
    ),
  (dy, context) => {
    const [n, d, h, w, c] = sizesOf(context.inputShapes[0]);
    const axis = depthOf(d, context);
    const run = (planes: Tensor, from: number, to: number): Tensor => {
      const { output } = context;
      const own = savesForFused(context.attributes).output ? planesOf(cut(output, 1, from, to - from)) : planes;
      return backThrough(conv2d, planes, [planes.shape[0], h, w, axis.window * c], own, context);
    };
    return fromPlanes(dy, axis, groupsOf(context), run, n * axis.window * h * w * c);
  },
  savesForFused
);

/** Windows along the depth of the convolution of which a Conv3DTranspose is the gradient; `depth` is its input's. */
function transposedDepth(depth: number, context: OpContext): WindowAxis {
  const extra = numbersOf(context.attributes, 'output_padding', []);
  const length = transposedLength(
    depth,
    context.weight('kernel').shape[0],
    tripleOf(context.attributes, 'strides')[0],
    tripleOf(context.attributes, 'dilation_rate')[0],
    stringOf(context.attributes, 'padding', 'valid').toLowerCase(),
    extra.length === 0 ? null : extra[0]
  );
  return depthOf(length, context);
}

function* transposedForward(x: Tensor, context: OpContext): Parts<Tensor> {
  const [n, d, h, w] = sizesOf(x.shape);
  const [, down, across] = tripleOf(context.attributes, 'strides');
  const [window, , , filters] = context.weight('kernel').shape;
  const values = n * window * h * down * w * across * filters!;
  const run = (planes: Tensor): Tensor => conv2dTranspose.forward([planes], inPlanes(context, false));
  const y = yield* fromPlanes(x, transposedDepth(d, context), 1, run, values);
  return context.hasWeight('bias') ? tf.add(y, context.weight('bias')) : y;
}

export const conv3dTranspose = inParts(
  transposedForward,
  (dy, context) => {
    const [, d, h, w, c] = sizesOf(context.inputShapes[0]);
    const own = inPlanes(context, false);
    return throughPlanes(dy, transposedDepth(d, context), 1, planes => {
      const shape = [planes.shape[0], h, w, c];
      return conv2dTranspose.backward(planes, {
        ...own,
        inputs: [],
        inputShapes: [shape],
        outputShape: planes.shape
      })[0]!;
    });
  },
  savesNothing
);
