/**
 * keras.ops.pad: constants, or the tensor mirrored at its edges: `reflect`
 * without the edge cell, `symmetric` with it. tfjs' own gradient of the mirrored
 * kinds forgets what was copied.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { alongAxis, cut, padEach, padWith } from '../../kernels/copies';
import { type Op, savesNothing } from '../op';

type Edges = [before: number, after: number];

/** Attribute `pads`: (before, after) of each axis behind the batch's. */
function edgesOf({ pads }: Attributes): Edges[] {
  const after = Array.isArray(pads) ? (pads as Edges[]).map((edge): Edges => [Number(edge[0]), Number(edge[1])]) : [];
  return [[0, 0], ...after];
}

/** Adds the gradient of padded cells along the second of three axes to the cells that they were copied from. */
function folded(dy: Tensor, [before, after]: Edges, skipped: number): Tensor {
  const axis = 1;
  const length = (dy.shape[axis] ?? 0) - before - after;
  const middle = cut(dy, axis, before, length);
  const place = (edge: Tensor, start: number, size: number): Tensor =>
    tf.pad(
      tf.reverse(edge, axis),
      dy.shape.map((_, i): Edges => (i === axis ? [start, length - start - size] : [0, 0]))
    );
  const parts = [
    middle,
    ...(before ? [place(cut(dy, axis, 0, before), skipped, before)] : []),
    ...(after ? [place(cut(dy, axis, before + length, after), length - skipped - after, after)] : [])
  ];
  return parts.reduce((sum, part) => tf.add(sum, part));
}

/** Attributes `pads`, `mode` (constant, reflect or symmetric) and `value`, the constant. */
export const pad: Op = {
  forward([x], { attributes }) {
    const mode = stringOf(attributes, 'mode', 'constant');
    return mode === 'reflect' || mode === 'symmetric'
      ? padEach(x, edgesOf(attributes), (whole, edges) => tf.mirrorPad(whole, edges, mode))
      : padWith(x, edgesOf(attributes), numberOf(attributes, 'value', 0));
  },
  backward(dy, { attributes, inputShapes: [shape] }) {
    const edges = edgesOf(attributes);
    const mode = stringOf(attributes, 'mode', 'constant');
    return [
      edges.reduce((gradient: Tensor, [before, after], axis) => {
        if (before + after === 0) {
          return gradient;
        }
        return mode === 'constant'
          ? cut(gradient, axis, before, shape[axis])
          : alongAxis(gradient, axis, whole => folded(whole, [before, after], mode === 'reflect' ? 1 : 0));
      }, tf.clone(dy))
    ];
  },
  saves: savesNothing
};
