/**
 * Max and average pooling of volumes, (n, d, h, w, c). Of equal values in a
 * window each gets the whole gradient, as TensorFlow has it in three
 * dimensions; in two it gives it to the first.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { tripleOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { cut } from '../../kernels/copies';
import type { BackwardContext, Op, OpContext } from '../op';
import { savesInputs } from '../op';
import { adaptiveMaxPool2d } from '../pooling/adaptive-pooling';
import { averagePool2d, maxPool2d } from '../pooling/pooling';
import { resizingLayer } from '../resize/resize';
import { adaptiveWindows } from '../resize/resize-matrix';
import { windowAxis } from '../windows';
import { separable } from './separable';
import { foldedTaps, padCells, tapsOf } from './taps';

const windows = (attributes: Attributes) => {
  const { padding } = attributes;
  const [size, strides] = [tripleOf(attributes, 'pool_size'), tripleOf(attributes, 'strides')];
  const along = (pool: number[], by: number[]): Attributes | null =>
    [...pool, ...by].every(value => value === 1) ? null : { pool_size: pool, strides: by, padding };
  return {
    planes: along(size.slice(1), strides.slice(1)),
    depth: along([size[0], 1], [strides[0], 1])
  };
};

/** One of the axes of a volume, as the cells of (outer, cells, inner). */
function cellsOf(shape: readonly number[], axis: number): [outer: number, cells: number, inner: number] {
  return [tf.util.sizeFromShape(shape.slice(0, axis)), shape[axis], tf.util.sizeFromShape(shape.slice(axis + 1))];
}

type Back = (dy: Tensor, x: Tensor, y: Tensor, axis: 1 | 2 | 3) => Tensor;

/**
 * The gradient along one axis after the other: a cell has the value of a
 * window's maximum if it has that of its maximum along each of them. `along`
 * pools along an axis alone, `back` is its gradient on (outer, cells, inner).
 */
function axisByAxis(dy: Tensor, x: Tensor, along: (x: Tensor, axis: 1 | 2 | 3) => Tensor, back: Back): Tensor {
  const columns = along(x, 3);
  const rows = along(columns, 2);
  const steps: [Tensor, 1 | 2 | 3][] = [
    [rows, 1],
    [columns, 2],
    [x, 3]
  ];
  return steps.reduce((gradient, [input, axis], i) => {
    const output = i === 0 ? along(input, axis) : steps[i - 1][0];
    const seen = [gradient, input, output].map(tensor => tf.reshape(tensor, cellsOf(tensor.shape, axis)));
    return tf.reshape(back(seen[0], seen[1], seen[2], axis), input.shape);
  }, dy);
}

const where = (isEqual: Tensor, dy: Tensor): Tensor => tf.mul(tf.cast(isEqual, 'float32'), dy);

const pooled = separable(maxPool2d, windows);

/** The attributes with windows and strides of 1 along all axes but one. */
function onlyAlong(attributes: Attributes, axis: 1 | 2 | 3): Attributes {
  const only = (key: string): number[] => tripleOf(attributes, key).map((value, i) => (i === axis - 1 ? value : 1));
  return { ...attributes, pool_size: only('pool_size'), strides: only('strides') };
}

export const maxPool3d: Op = {
  forward: pooled.forward,
  backward(dy, context) {
    const { attributes, inputs } = context;
    const along = (x: Tensor, axis: 1 | 2 | 3): Tensor =>
      pooled.forward([x], { ...context, attributes: onlyAlong(attributes, axis) });
    const padding = attributes.padding === 'same' ? 'same' : 'valid';
    const back: Back = (gradient, x, y, axis) => {
      const [size, stride] = ['pool_size', 'strides'].map(key => tripleOf(attributes, key)[axis - 1]);
      const cells = windowAxis(x.shape[1]!, size, stride, 1, padding);
      return foldedTaps(
        tapsOf(x, cells).map(tap => where(tf.equal(tap, y), gradient)),
        cells
      );
    };
    return [axisByAxis(dy, inputs[0], along, back)];
  },
  saves: savesInputs
};

export const averagePool3d = separable(averagePool2d, windows);

const adaptive = separable(adaptiveMaxPool2d, attributes => {
  const [depth, rows, columns] = tripleOf(attributes, 'output_size');
  return { planes: { output_size: [rows, columns] }, depth: { output_size: [depth, 1] } };
});

/** The adaptive pooling along one axis alone: the others keep their size. */
const alongOnly = (x: Tensor, axis: 1 | 2 | 3, context: OpContext): Tensor => {
  const to = tripleOf(context.attributes, 'output_size')[axis - 1];
  const [outer, cells, inner] = cellsOf(x.shape, axis);
  const column = tf.reshape(x, [outer, cells, 1, inner]);
  const y = adaptiveMaxPool2d.forward([column], { ...context, attributes: { output_size: [to, 1] } });
  return tf.reshape(
    y,
    x.shape.map((size, i) => (i === axis ? to : size))
  );
};

/** Attribute `output_size`: of the three axes. */
export const adaptiveMaxPool3d: Op = {
  forward: adaptive.forward,
  backward(dy, context: BackwardContext) {
    const back: Back = (gradient, x, y) => {
      const all = x.shape[1]!;
      const parts = adaptiveWindows(all, y.shape[1]!).map(([start, end], i) => {
        const isLargest = tf.equal(cut(x, 1, start, end - start), cut(y, 1, i, 1));
        return padCells(where(isLargest, cut(gradient, 1, i, 1)), [start, all - end]);
      });
      return tf.addN(parts);
    };
    return [axisByAxis(dy, context.inputs[0], (x, axis) => alongOnly(x, axis, context), back)];
  },
  saves: savesInputs
};

export const adaptiveAveragePool3d = separable(resizingLayer, attributes => {
  const [depth, height, width] = tripleOf(attributes, 'output_size');
  const interpolation = 'adaptive';
  return { planes: { height, width, interpolation }, depth: { height: depth, width: 1, interpolation } };
});
