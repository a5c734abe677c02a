/**
 * Pictures seen through a projective transform: attributes `matrix`, the eight numbers by which TensorFlow's
 * `ImageProjectiveTransformV3` finds where a cell of the output lies in the input, `interpolation`, `fill_mode`
 * and `fill_value`.
 *
 * The gradient is TensorFlow's: the output's, seen through the inverse transform. That is not the transpose of
 * the forward pass, where a library that follows its own samples would have that.
 */
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, numbersOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type Op, savesNothing } from '../op';

const { fround } = Math;

/** What lies at a place outside of an axis of so many cells, as a place inside it; `constant` leaves it outside. */
function placeWithin(place: number, cells: number, mode: string): number {
  const last = cells - 1;
  const isOutside = place < 0 || place > last;
  if (!isOutside || mode === 'constant') {
    return place;
  }
  return Math.min(Math.max(mode === 'nearest' || cells === 1 ? place : repeated(place, cells, mode), 0), last);
}

function repeated(place: number, cells: number, mode: string): number {
  const last = cells - 1;
  if (mode === 'wrap') {
    return place < 0 ? place + cells * (Math.trunc(-place / last) + 1) : place - cells * Math.trunc(place / last);
  }
  const period = 2 * cells;
  if (place >= 0) {
    const rest = place - period * Math.trunc(place / period);
    return rest >= cells ? period - rest - 1 : rest;
  }
  const rest = period * Math.trunc(-place / period) + place;
  return rest < -cells ? rest + period : -rest - 1;
}

/** Half away from zero. */
const rounded = (x: number): number => Math.sign(x) * Math.floor(Math.abs(x) + 0.5);

/** Four cells that each cell of the output is a mean of, their weights, and the weight of what lies outside. */
interface Sampling {
  cells: Int32Array[];
  weights: Float32Array[];
  outside: Float32Array;
}

function samplingOf([height, width]: readonly number[], matrix: readonly number[], attributes: Attributes): Sampling {
  const mode = stringOf(attributes, 'fill_mode', 'constant');
  const isNearest = stringOf(attributes, 'interpolation', 'bilinear') === 'nearest';
  const count = height * width;
  const [a, b, c, d, e, f, g, h] = matrix.map(fround);
  const sum = (p: number, x: number, q: number, y: number, r: number) =>
    fround(fround(fround(p * x) + fround(q * y)) + r);
  const corners = isNearest ? 1 : 4;
  const cells = Array.from({ length: corners }, () => new Int32Array(count));
  const weights = Array.from({ length: corners }, () => new Float32Array(count));
  const outside = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const [y, x] = [Math.floor(at / width), at % width];
    const depth = sum(g, x, h, y, 1);
    if (depth === 0) {
      outside[at] = 1;
      continue;
    }
    const column = placeWithin(fround(sum(a, x, b, y, c) / depth), width, mode);
    const row = placeWithin(fround(sum(d, x, e, y, f) / depth), height, mode);
    const [top, left] = isNearest ? [rounded(row), rounded(column)] : [Math.floor(row), Math.floor(column)];
    for (let corner = 0; corner < corners; corner++) {
      const [down, right] = [corner >> 1, corner & 1];
      const [i, j] = [top + down, left + right];
      const weight = isNearest ? 1 : (down ? row - top : top + 1 - row) * (right ? column - left : left + 1 - column);
      if (i >= 0 && i < height && j >= 0 && j < width) {
        cells[corner][at] = i * width + j;
        weights[corner][at] = weight;
      } else {
        outside[at] += weight;
      }
    }
  }
  return { cells, weights, outside };
}

function seen(x: Tensor, matrix: readonly number[], attributes: Attributes, fill: number): Tensor {
  const [n, height, width, channels] = x.shape;
  const { cells, weights, outside } = samplingOf([height, width], matrix, attributes);
  const flat = tf.reshape(x, [n, height * width, channels]);
  const column = (values: Float32Array): Tensor => tf.tensor(values, [1, height * width, 1]);
  const parts = cells.map((of, i) =>
    tf.mul(tf.gather(flat, tf.tensor1d(of, 'int32') as Tensor1D, 1), column(weights[i]))
  );
  const inside = parts.reduce((total, part) => tf.add(total, part));
  const all = fill === 0 ? inside : tf.add(inside, tf.mul(column(outside), fill));
  return tf.reshape(all, x.shape);
}

/** The inverse of the matrix of nine numbers, the last of which is 1, made to end in 1 again. */
function inverseTransform([a, b, c, d, e, f, g, h]: readonly number[]): number[] {
  const cofactors = [
    ...[e - f * h, c * h - b, b * f - c * e],
    ...[f * g - d, a - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d]
  ];
  return cofactors.slice(0, 8).map(value => value / cofactors[8]);
}

const matrixOf = (attributes: Attributes): number[] => numbersOf(attributes, 'matrix', [1, 0, 0, 0, 1, 0, 0, 0]);

export const projective: Op = {
  forward: ([x], { attributes }) => seen(x, matrixOf(attributes), attributes, numberOf(attributes, 'fill_value', 0)),
  backward: (dy, { attributes }) => [seen(dy, inverseTransform(matrixOf(attributes)), attributes, 0)],
  saves: savesNothing
};
