/** The diagonal of the last two axes' matrices: attribute `offset`, how far above the main one. */
import * as tf from '@tensorflow/tfjs-core';
import { numberOf } from '../../../graph/attributes';
import { diagonalLength } from '../../../graph/classes/operators';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, savesNothing } from '../op';
import { pick } from './lookup';

/** The matrices as rows of cells, and which of these are on the diagonal: attributes of `pick`. */
function flattened(shape: readonly number[], attributes: Attributes): { flat: number[]; cells: Attributes } {
  const [height, width] = shape.slice(-2);
  const offset = numberOf(attributes, 'offset', 0);
  const start = offset < 0 ? -offset * width : offset;
  const length = diagonalLength(height, width, offset);
  const outer = shape.slice(0, -2);
  return {
    flat: [...outer, height * width],
    cells: { axis: outer.length, positions: Array.from({ length }, (_, i) => start + i * (width + 1)) }
  };
}

export const diagonal: Op = {
  forward([x], context) {
    const { flat, cells } = flattened(x.shape, context.attributes);
    return pick.forward([tf.reshape(x, flat)], { ...context, attributes: cells });
  },
  backward(dy, context) {
    const [shape] = context.inputShapes;
    const { flat, cells } = flattened(shape, context.attributes);
    const [gradient] = pick.backward(dy, { ...context, attributes: cells, inputShapes: [flat] });
    return [gradient && tf.reshape(gradient, shape)];
  },
  saves: savesNothing
};
