import type { TensorData } from '../../engine/protocol/protocol';
import { colorOf } from '../../viewer/color/colormaps';

/** Pixels between two kernels. */
const GAP = 4;
/** A kernel's side is about so many pixels. */
const SIDE = 56;
/** The whole is about so wide. */
const WIDTH = 640;

/** How kernels lie beside each other. */
export interface KernelGrid {
  rows: number;
  columns: number;
  inputs: number;
  kernels: number;
  /** Pixels a side of one weight. */
  cell: number;
  /** Kernels beside each other. */
  across: number;
  width: number;
  height: number;
}

/** One weight, or with colours one place of a kernel. */
export interface KernelCell {
  kernel: number;
  row: number;
  column: number;
}

export function kernelGrid({ shape }: TensorData): KernelGrid {
  const [rows, columns, inputs, kernels] = shape;
  const cell = Math.max(Math.round(SIDE / Math.max(rows, columns)), 1);
  const across = Math.min(kernels, Math.max(Math.floor(WIDTH / (columns * cell + GAP)), 1));
  const down = Math.ceil(kernels / across);
  const [width, height] = [across * (columns * cell + GAP) - GAP, down * (rows * cell + GAP) - GAP];
  return { rows, columns, inputs, kernels, cell, across, width, height };
}

/** The pixel at which a weight is drawn. */
export function cornerOf({ rows, columns, cell, across }: KernelGrid, at: KernelCell): [x: number, y: number] {
  const [right, down] = [at.kernel % across, Math.floor(at.kernel / across)];
  return [right * (columns * cell + GAP) + at.column * cell, down * (rows * cell + GAP) + at.row * cell];
}

/** The weight at a pixel; null between kernels and behind the last. */
export function kernelCellAt(grid: KernelGrid, x: number, y: number): KernelCell | null {
  const { rows, columns, cell, across, kernels } = grid;
  const [right, down] = [Math.floor(x / (columns * cell + GAP)), Math.floor(y / (rows * cell + GAP))];
  const column = Math.floor((x - right * (columns * cell + GAP)) / cell);
  const row = Math.floor((y - down * (rows * cell + GAP)) / cell);
  const kernel = down * across + right;
  const isInside = x >= 0 && y >= 0 && right < across && column < columns && row < rows && kernel < kernels;
  return isInside ? { kernel, row, column } : null;
}

/** The weight one step on, over the edges of kernels; the same one at the edge of all. */
export function moved(grid: KernelGrid, at: KernelCell, across: number, down: number): KernelCell {
  const [right, below] = [at.kernel % grid.across, Math.floor(at.kernel / grid.across)];
  const x = right * grid.columns + at.column + across;
  const y = below * grid.rows + at.row + down;
  const next = {
    kernel: Math.floor(y / grid.rows) * grid.across + Math.floor(x / grid.columns),
    row: y % grid.rows,
    column: x % grid.columns
  };
  const isInside = x >= 0 && y >= 0 && x < grid.across * grid.columns && next.kernel < grid.kernels;
  return isInside ? next : at;
}

/** The weights of one place of a kernel, by input channel. */
export function weightsAt({ shape, data }: TensorData, { kernel, row, column }: KernelCell): number[] {
  const [, columns, inputs, kernels] = shape;
  return Array.from({ length: inputs }, (_, c) => data[((row * columns + column) * inputs + c) * kernels + kernel]);
}

/** The largest size of a weight: the range of all kernels together. */
export const largest = ({ data }: TensorData): number =>
  data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * Colours of one place of a kernel. Of three input channels, seen as red, green and blue, gray is 0 and
 * full colour the largest weight of all kernels; of one input channel red is above 0 and blue below it.
 *
 * @param input - The input channel drawn; null: all three as one colour.
 */
export function kernelColor(
  weights: readonly number[],
  most: number,
  input: number | null,
  blueFirst: boolean
): [number, number, number] {
  if (input !== null) {
    return colorOf('RdBu', weights[input], -most, most, true) ?? [0, 0, 0];
  }
  const [r, g, b] = weights.map(weight => 127.5 * (1 + (most > 0 ? weight / most : 0)));
  return blueFirst ? [b, g, r] : [r, g, b];
}
