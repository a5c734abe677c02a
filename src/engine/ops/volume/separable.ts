/** Separable operations on (n, d, h, w, c): in every plane, then along the depth. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Attributes } from '../../../graph/model-graph';
import { type BackwardContext, type Op, type OpContext } from '../op';
import type { Sizes } from './depth';

/**
 * Attributes of the operation in the planes, and along the depth, which it takes for rows; null where it does nothing.
 */
export interface Both {
  planes: Attributes | null;
  depth: Attributes | null;
}

const planesShape = ([n, d, h, w, c]: Sizes): number[] => [n * d, h, w, c];

/** One column, with all of a plane as its channels. */
const depthShape = ([n, d, h, w, c]: Sizes): number[] => [n, d, 1, h * w * c];

function runForward(op: Op, x: Tensor, attributes: Attributes | null, context: OpContext): Tensor {
  return attributes ? op.forward([x], { ...context, attributes }) : x;
}

function runBackward(
  op: Op,
  dy: Tensor,
  input: Tensor | null,
  shape: number[],
  attributes: Attributes | null,
  context: BackwardContext
): Tensor {
  const inputs = input ? [tf.reshape(input, shape)] : [];
  const own = { ...context, inputs, inputShapes: [shape], outputShape: dy.shape };
  return attributes ? op.backward(dy, { ...own, attributes })[0]! : dy;
}

/** An operation on (n, h, w, c) as one on volumes. */
export function separable(op: Op, partsOf: (attributes: Attributes) => Both): Op {
  const inPlanes = (x: Tensor, planes: Attributes | null, context: OpContext): [Tensor, Sizes] => {
    const [n, d] = x.shape as Sizes;
    const y = runForward(op, tf.reshape(x, planesShape(x.shape as Sizes)), planes, context);
    return [y, [n, d, ...y.shape.slice(1)] as Sizes];
  };
  return {
    forward([x], context) {
      const { planes, depth } = partsOf(context.attributes);
      const [flat, between] = inPlanes(x, planes, context);
      const y = runForward(op, tf.reshape(flat, depthShape(between)), depth, context);
      return tf.reshape(y, [between[0], y.shape[1]!, ...between.slice(2)]);
    },
    backward(dy, context) {
      const { planes, depth } = partsOf(context.attributes);
      const [x] = context.inputs as (Tensor | undefined)[];
      const shape = context.inputShapes[0] as Sizes;
      const between = [shape[0], shape[1], ...dy.shape.slice(2)] as Sizes;
      const flat = x ? inPlanes(x, planes, context)[0] : null;
      const column = tf.reshape(dy, depthShape(dy.shape as Sizes));
      const inside = runBackward(op, column, flat, depthShape(between), depth, context);
      const dyPlanes = tf.reshape(inside, planesShape(between));
      return [tf.reshape(runBackward(op, dyPlanes, x ?? null, planesShape(shape), planes, context), shape)];
    },
    saves: op.saves
  };
}
