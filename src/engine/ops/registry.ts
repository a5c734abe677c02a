/** The steps that the executor can run, by the name that the planner gives them. */
import { activation, prelu } from './activation';
import { adaptiveMaxPool2d } from './adaptive-pooling';
import {
  band,
  cropping2d,
  cumprod,
  cumsum,
  expandDims,
  flatten,
  identity,
  mergeSteps,
  repeatVector,
  reshape,
  splitSteps,
  squeeze,
  stack,
  stopGradient,
  transpose,
  zeroPadding2d
} from './arrange';
import { matMul, multiHeadAttention } from './attention';
import { binary, where } from './binary';
import { depthToSpace, spaceToDepth } from './blocks';
import { conv2d, conv2dTranspose } from './convolution';
import { dense } from './dense';
import { depthwiseConv2d } from './depthwise';
import { diagonal } from './diagonal';
import { einsumOp } from './einsum';
import { elementFunction } from './functions';
import { groupNormalization, rmsNormalization, unitNormalization } from './group-normalization';
import { localResponse } from './local-response';
import { constant, embedding, pick, slice } from './lookup';
import { add, average, concatenate, divide, maximum, minimum, multiply, subtract } from './merge';
import { addScaled, layerNormalization, layerScale, rescaling } from './normalization';
import type { Op, OpInParts } from './op';
import { quantile, sorted, sortedPositions, takeAlong } from './order';
import { pad } from './pad';
import { averagePool2d, globalAverage, globalMax, maxPool2d } from './pooling';
import { dot, einsumDense } from './products';
import { recurrent } from './recurrent/recurrent';
import { reduce } from './reduction';
import { centerCrop, resizingLayer, upSampling2d } from './resize';
import { scaleShift, scaleShiftAlong } from './scale-shift';
import { scoredAttention } from './scored-attention';
import { cropping3d, upSampling3d, zeroPadding3d } from './volume/arrange';
import { conv3d, conv3dTranspose } from './volume/convolution';
import { adaptiveAveragePool3d, adaptiveMaxPool3d, averagePool3d, maxPool3d } from './volume/pooling';

export const ops = {
  activation,
  adaptiveAveragePool3d,
  adaptiveMaxPool2d,
  adaptiveMaxPool3d,
  add,
  addScaled,
  average,
  averagePool2d,
  averagePool3d,
  band,
  binary,
  centerCrop,
  concatenate,
  constant,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  cropping2d,
  cropping3d,
  cumprod,
  cumsum,
  dense,
  depthToSpace,
  depthwiseConv2d,
  diagonal,
  divide,
  dot,
  einsum: einsumOp,
  einsumDense,
  elementFunction,
  embedding,
  expandDims,
  flatten,
  globalAverage,
  globalMax,
  groupNormalization,
  identity,
  stopGradient,
  layerNormalization,
  layerScale,
  localResponse,
  matMul,
  maxPool2d,
  maxPool3d,
  maximum,
  mergeSteps,
  minimum,
  multiHeadAttention,
  multiply,
  pad,
  pick,
  prelu,
  quantile,
  recurrent,
  reduce,
  repeatVector,
  rescaling,
  reshape,
  resizing: resizingLayer,
  rmsNormalization,
  scaleShift,
  scaleShiftAlong,
  scoredAttention,
  slice,
  sorted,
  sortedPositions,
  spaceToDepth,
  splitSteps,
  squeeze,
  stack,
  subtract,
  takeAlong,
  transpose,
  unitNormalization,
  upSampling2d,
  upSampling3d,
  where,
  zeroPadding2d,
  zeroPadding3d
} satisfies Record<string, Op | OpInParts>;

export type OpName = keyof typeof ops;

export function opNamed(name: OpName): Op | OpInParts {
  return ops[name];
}
