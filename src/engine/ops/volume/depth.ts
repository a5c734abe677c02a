/**
 * A volume (n, d, h, w, c) as planes, in which the cells that a window meets
 * along the depth lie side by side as channels; and back. Both go through the
 * depth in parts, because the planes hold each cell once for every place of the
 * window, and because a volume takes long: messages get in between.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { cut, joined } from '../../kernels/copies';
import type { WindowAxis } from '../../kernels/windows';
import type { Parts } from '../op';
import { foldedTaps, padCells, tapsOf } from './taps';

export type Sizes = [number, number, number, number, number];

export const sizesOf = (shape: readonly number[]): Sizes => shape as Sizes;

/** Values in the planes of one part: 16 MiB. */
const MOST_VALUES = 2 ** 22;

/** Every depth as a sample of its own. */
export const planesOf = (x: Tensor): Tensor => {
  const [n, d, h, w, c] = sizesOf(x.shape);
  return tf.reshape(x, [n * d, h, w, c]);
};

const volumeOf = (planes: Tensor, samples: number): Tensor => {
  const [all, ...rest] = planes.shape;
  return tf.reshape(planes, [samples, all / samples, ...rest]);
};

/** Windows `from` to `to`, over the cells that they meet, which begin at `start`. */
interface Part {
  from: number;
  to: number;
  start: number;
  axis: WindowAxis;
}

/** `values`: in the planes of one window. */
function partsOf(axis: WindowAxis, values: number, most: number): Part[] {
  const { input, output, window, stride, dilation, before } = axis;
  const count = Math.max(Math.floor(most / values), 1);
  return Array.from({ length: Math.ceil(output / count) }, (_, i) => {
    const [from, to] = [i * count, Math.min((i + 1) * count, output)];
    const first = from * stride - before;
    const last = (to - 1) * stride - before + (window - 1) * dilation;
    const start = Math.min(Math.max(first, 0), input - 1);
    const end = Math.max(Math.min(last + 1, input), start + 1);
    const own = { ...axis, input: end - start, output: to - from, before: start - first, after: last + 1 - end };
    return { from, to, start, axis: own };
  });
}

/** (n, d, h, w, c) to (n output, h, w, window c): of each group of channels the taps, one after the other. */
function gathered(x: Tensor, axis: WindowAxis, groups: number): Tensor {
  const [n, d, h, w, c] = sizesOf(x.shape);
  const taps = tapsOf(tf.reshape(x, [n, d, h * w * c]), axis).map(tap => tf.reshape(tap, [-1, c / groups]));
  const cells = taps.length === 1 ? taps[0] : joined(taps, 1);
  return tf.reshape(cells, [n * axis.output, h, w, axis.window * c]);
}

/** The adjoint of {@link gathered}, as (n, d, h w c). */
function scattered(planes: Tensor, axis: WindowAxis, groups: number): Tensor {
  const [all, h, w, wide] = planes.shape as [number, number, number, number];
  const [rows, size] = [tf.reshape(planes, [-1, wide / groups]), wide / axis.window / groups];
  const shape = [all / axis.output, axis.output, (h * w * wide) / axis.window];
  const taps = Array.from({ length: axis.window }, (_, tap) => tf.reshape(cut(rows, 1, tap * size, size), shape));
  return foldedTaps(taps, axis);
}

/** Runs `run` on the planes of x, and stacks them to a volume. */
export function* throughPlanes(
  x: Tensor,
  axis: WindowAxis,
  groups: number,
  run: (planes: Tensor) => Tensor,
  most = MOST_VALUES
): Parts<Tensor> {
  const [n, d, h, w, c] = sizesOf(x.shape);
  const made: Tensor[] = [];
  for (const { start, axis: own } of partsOf(axis, axis.window * n * h * w * c, most)) {
    if (made.length > 0) {
      yield made;
    }
    const cells = own.input === d ? x : cut(x, 1, start, own.input);
    made.push(volumeOf(run(tf.tidy(() => gathered(cells, own, groups))), n));
  }
  return made.length === 1 ? made[0] : joined(made, 1);
}

/**
 * The volume of which the planes are what `run` makes of planes of x, from one
 * depth to another: their sum where they meet. `values` are about as many as
 * `run` makes of one depth.
 */
export function* fromPlanes(
  x: Tensor,
  axis: WindowAxis,
  groups: number,
  run: (planes: Tensor, from: number, to: number) => Tensor,
  values: number,
  most = MOST_VALUES
): Parts<Tensor> {
  let plane: number[] = [];
  /** Slices that no later window meets, then, from `begin` on, those that the next may. */
  const done: Tensor[] = [];
  let open: Tensor | null = null;
  let begin = 0;
  for (const { from, to, start, axis: own } of partsOf(axis, values, most)) {
    if (open) {
      yield [...done, open];
    }
    const planes = planesOf(to - from === x.shape[1] ? x : cut(x, 1, from, to - from));
    const made = run(planes, from, to);
    plane = [...made.shape.slice(1, -1), made.shape[3]! / axis.window];
    const cells = scattered(made, own, groups);
    const length: number = open?.shape[1] ?? 0;
    const passed = Math.min(start - begin, length);
    if (open && passed > 0) {
      done.push(cut(open, 1, 0, passed));
    }
    begin += passed;
    const whole = padCells(cells, [start - begin, 0]);
    const left = length - passed;
    open = open && left > 0 ? tf.add(padCells(cut(open, 1, passed, left), [0, whole.shape[1]! - left]), whole) : whole;
  }
  const last = padCells(open!, [0, axis.input - begin - open!.shape[1]!]);
  return tf.reshape(done.length === 0 ? last : joined([...done, last], 1), [x.shape[0], axis.input, ...plane]);
}
