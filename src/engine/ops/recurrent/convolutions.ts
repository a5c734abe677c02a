/** The kernels of ConvLSTM: convolutions of pictures or volumes, the state's with `same` padding and no strides. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Attributes } from '../../../graph/model-graph';
import { conv2d } from '../convolution/convolution';
import type { BackwardContext, Op, OpContext } from '../op';
import { conv3d } from '../volume/convolution';
import type { Reach } from './reach';

type Role = 'kernel' | 'recurrent_kernel';

const opFor = (x: Tensor | { shape: number[] }): Op => (x.shape.length === 5 ? conv3d : conv2d);

/** One of the cell's kernels as that of a convolution; what is made of it has names of its own. */
function inside(context: OpContext, role: Role): OpContext {
  const { strides, padding, dilation_rate } = context.attributes;
  const attributes: Attributes = role === 'kernel' ? { strides, padding, dilation_rate } : { padding: 'same' };
  return {
    attributes,
    weight: name => context.weight(name === 'kernel' ? role : name),
    hasWeight: name => name === 'kernel' || (role === 'kernel' && context.hasWeight(name)),
    derived: (key, make) => context.derived(`${role}: ${key}`, make)
  };
}

const through = (x: Tensor, context: OpContext, role: Role): Tensor => opFor(x).forward([x], inside(context, role));

function back(dy: Tensor, shape: number[], context: OpContext, role: Role): Tensor {
  const own: BackwardContext = {
    ...inside(context, role),
    inputs: [],
    output: dy,
    inputShapes: [shape],
    outputShape: dy.shape,
    guided: false,
    wanted: [true]
  };
  return opFor(dy).backward(dy, own)[0]!;
}

export const convolutions: Reach = {
  input: (samples, context) => through(samples, context, 'kernel'),
  inputGradient: (dy, shape, context) => back(dy, shape, context, 'kernel'),
  state: (h, context) => through(h, context, 'recurrent_kernel'),
  stateGradient: (dy, context) =>
    back(dy, [...dy.shape.slice(0, -1), dy.shape[dy.shape.length - 1]! / 4], context, 'recurrent_kernel')
};
