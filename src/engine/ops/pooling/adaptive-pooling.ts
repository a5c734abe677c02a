/** Max pooling to a given size: windows of unlike lengths, which may overlap, along one axis after the other. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { pairOf } from '../../../graph/attributes';
import { cut } from '../../kernels/copies';
import { type BackwardContext, type Op, type OpContext, savesInputs } from '../op';
import { adaptiveWindows } from '../resize/resize-matrix';
import { maxPool2d } from './pooling';

/** The windows of an axis, each as a pool of its own. */
function windowsAlong(x: Tensor, axis: 1 | 2, to: number) {
  return adaptiveWindows(x.shape[axis] ?? 0, to).map(([start, end]) => {
    const pool_size = axis === 1 ? [end - start, 1] : [1, end - start];
    return { start, part: cut(x, axis, start, end - start), attributes: { pool_size, strides: pool_size } };
  });
}

function forwardAlong(x: Tensor, axis: 1 | 2, to: number, context: OpContext): Tensor {
  const parts = windowsAlong(x, axis, to).map(({ part, attributes }) =>
    maxPool2d.forward([part], { ...context, attributes })
  );
  return tf.concat(parts, axis);
}

function backwardAlong(dy: Tensor, x: Tensor, axis: 1 | 2, to: number, context: BackwardContext): Tensor {
  const all = x.shape[axis] ?? 0;
  const parts = windowsAlong(x, axis, to).map(({ start, part, attributes }, i) => {
    const own: BackwardContext = { ...context, attributes, inputs: [part], inputShapes: [part.shape] };
    const [gradient] = maxPool2d.backward(cut(dy, axis, i, 1), own);
    const edges = x.shape.map((_, j): [number, number] =>
      j === axis ? [start, all - start - (part.shape[axis] ?? 0)] : [0, 0]
    );
    return tf.pad(gradient!, edges);
  });
  return tf.addN(parts);
}

/** Attribute `output_size`: rows and columns. */
export const adaptiveMaxPool2d: Op = {
  forward([x], context) {
    const [rows, columns] = pairOf(context.attributes, 'output_size', 1);
    return forwardAlong(forwardAlong(x, 1, rows, context), 2, columns, context);
  },
  backward(dy, context) {
    const [x] = context.inputs;
    const [rows, columns] = pairOf(context.attributes, 'output_size', 1);
    const between = forwardAlong(x, 1, rows, context);
    return [backwardAlong(backwardAlong(dy, between, 2, columns, context), x, 1, rows, context)];
  },
  saves: savesInputs
};
