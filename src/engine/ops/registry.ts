/** The steps that the executor can run, by the name that the planner gives them. */
import { activation, prelu } from './activation/activation';
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
} from './arrange/arrange';
import { depthToSpace, spaceToDepth } from './arrange/blocks';
import { diagonal } from './arrange/diagonal';
import { constant, embedding, pick, slice } from './arrange/lookup';
import { quantile, sorted, sortedPositions, takeAlong } from './arrange/order';
import { pad } from './arrange/pad';
import { matMul, multiHeadAttention } from './attention/attention';
import { scoredAttention } from './attention/scored-attention';
import { conv2d, conv2dTranspose } from './convolution/convolution';
import { depthwiseConv2d } from './convolution/depthwise';
import { locallyConnected2d } from './convolution/locally-connected';
import { binary, where } from './elementwise/binary';
import { elementFunction } from './elementwise/functions';
import { hashed } from './elementwise/hashed';
import { add, average, concatenate, divide, maximum, minimum, multiply, subtract } from './elementwise/merge';
import { switchOff } from './elementwise/switch-off';
import { wholeNumbers } from './elementwise/whole-numbers';
import { equalizedTiles } from './normalization/equalized-tiles';
import { groupNormalization, rmsNormalization, unitNormalization } from './normalization/group-normalization';
import { localResponse } from './normalization/local-response';
import { addScaled, layerNormalization, layerScale, rescaling } from './normalization/normalization';
import { scaleShift, scaleShiftAlong } from './normalization/scale-shift';
import type { Op, OpInParts } from './op';
import { adaptiveMaxPool2d } from './pooling/adaptive-pooling';
import { averagePool2d, globalAverage, globalMax, maxPool2d } from './pooling/pooling';
import { dense } from './products/dense';
import { einsumOp } from './products/einsum';
import { matrixRank, pseudoInverse, qr } from './products/factors';
import { cholesky, determinant, inverse } from './products/matrices';
import { dot, einsumDense } from './products/products';
import { recurrent } from './recurrent/recurrent';
import { reduce } from './reduction';
import { projective } from './resize/projective';
import { centerCrop, resizingLayer, upSampling2d } from './resize/resize';
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
  cholesky,
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
  determinant,
  diagonal,
  divide,
  dot,
  einsum: einsumOp,
  einsumDense,
  elementFunction,
  embedding,
  equalizedTiles,
  expandDims,
  flatten,
  globalAverage,
  globalMax,
  groupNormalization,
  hashed,
  identity,
  inverse,
  stopGradient,
  layerNormalization,
  layerScale,
  localResponse,
  locallyConnected2d,
  matMul,
  matrixRank,
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
  projective,
  pseudoInverse,
  qr,
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
  switchOff,
  takeAlong,
  transpose,
  unitNormalization,
  upSampling2d,
  upSampling3d,
  where,
  wholeNumbers,
  zeroPadding2d,
  zeroPadding3d
} satisfies Record<string, Op | OpInParts>;

export type OpName = keyof typeof ops;

export function opNamed(name: OpName): Op | OpInParts {
  return ops[name];
}
