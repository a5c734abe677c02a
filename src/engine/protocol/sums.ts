/** How one value of a layer was computed, number by number. */
import type { Message } from '../../messages/message';

/** One value of a layer's output. */
export interface CellOf {
  layer: string;
  /** Its index in the layer's output as Keras has it, without the batch axis. */
  at: number[];
}

/** Where a layer's rows, columns and channels lie among the axes of its values, the batch's left out. */
export type Layout = 'channels last' | 'channels first' | 'signal last' | 'signal first' | 'features';

export interface Place {
  row: number;
  column: number;
  channel: number;
}

/**
 * Index of a cell in a layer's values, without the batch axis.
 *
 * @param prefix - Of features: the index of their row.
 */
export function indexOf(layout: Layout, { row, column, channel }: Place, prefix: readonly number[] = []): number[] {
  switch (layout) {
    case 'channels last':
      return [row, column, channel];
    case 'channels first':
      return [channel, row, column];
    case 'signal last':
      return [column, channel];
    case 'signal first':
      return [channel, column];
    case 'features':
      return [...prefix, channel];
  }
}

/** The input of a sum, channel by channel, reduced for drawing. */
export interface InputPictures {
  rows: number;
  columns: number;
  /** Every so many rows and columns are kept. */
  step: number;
  /** (channels, ceil(rows / step), ceil(columns / step)); of all channels that are summed. */
  planes: Float32Array;
}

/** Values times weights, summed within each channel, then over channels. */
export interface ProductParts {
  kind: 'products';
  /** The layer whose values are multiplied. */
  from: string;
  layout: Layout;
  /** Of features: the index of their row, which each index below begins with. */
  prefix: number[];
  /** The kernel's size. */
  rows: number;
  columns: number;
  /** The input channel of each summand. */
  channels: Int32Array;
  /** (channels, rows, columns) */
  values: Float32Array;
  /** (channels, rows, columns) */
  weights: Float32Array;
  /** Row and column of the input that each of the kernel's meets, -1 outside, or, of a transposed convolution, between its cells. */
  rowsAt: Int32Array;
  columnsAt: Int32Array;
  /** Of a separable convolution: the weight of each channel's sum. */
  factors: Float32Array | null;
  /** By channel: the sum of its products, times its factor. In double precision. */
  sums: Float64Array;
  bias: number | null;
  /** All sums and the bias. */
  total: number;
  pictures: InputPictures | null;
}

/** The largest value of a window, or the mean. Cells outside the input do not count. */
export interface WindowParts {
  kind: 'max' | 'mean';
  from: string;
  layout: Layout;
  channel: number;
  rows: number;
  columns: number;
  /** (rows, columns) */
  values: Float32Array;
  rowsAt: Int32Array;
  columnsAt: Int32Array;
  /** The cell that wins, the first of equal ones; of a mean -1. */
  winner: number;
  /** Cells that count. */
  count: number;
  total: number;
  pictures: InputPictures | null;
}

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta */
export interface ScaleParts {
  kind: 'normalization';
  from: CellOf;
  x: number;
  mean: number;
  variance: number;
  epsilon: number;
  /** Null where the layer has none. */
  gamma: number | null;
  beta: number | null;
  total: number;
}

export type ValueOperator = 'copy' | 'add' | 'subtract' | 'multiply' | 'average' | 'maximum' | 'minimum';

/** A value made of one of each input, or passed on. */
export interface ValueParts {
  kind: 'values';
  operator: ValueOperator;
  /** `of` is null for a constant, and for a padding's zero. */
  terms: { of: CellOf | null; value: number }[];
  total: number;
}

export type CellParts = ProductParts | WindowParts | ScaleParts | ValueParts;

export interface CellSum extends CellOf {
  /** Keras class name. */
  op: string;
  /** The layer's output there, as the engine computed it and the map shows it: single precision. */
  value: number;
  /** Null where this layer is not taken apart; `reason` says why. */
  parts: CellParts | null;
  reason: Message | null;
  /** What follows the total; null where nothing does. `among`: how many values softmax and its like share, else 1. */
  activation: { name: string; result: number; among: number } | null;
  /** Ids of the layers that it reads. */
  inputs: string[];
}
