/** Values times weights: convolutions of all kinds, and Dense. */
import { numberOf, pairOf } from '../../../graph/attributes';
import { type WeightRef, withValues } from '../../../graph/model-graph';
import type { WindowAxis } from '../../kernels/windows';
import { paddingOf, transposedWindows } from '../../ops/convolution/convolution';
import { windowsOf } from '../../ops/windows';
import type { Step } from '../../plan/step';
import type { Place, ProductParts } from '../../protocol/sums';
import { refuseOver } from './budget';
import { picturesOf, type Space } from './space';

/** What is summed, still without its sums. */
type Terms = Pick<ProductParts, 'channels' | 'weights' | 'rowsAt' | 'columnsAt'> & Partial<ProductParts>;

/** A convolution's step as its parts at one place. */
export type Taken = (space: Space, place: Place) => ProductParts;

const WITH_PICTURES = true;

/** Conv2D with any groups. */
export function convolved(step: Step, from: string): Taken {
  return (space, place) => {
    const { kernel, bias } = step.weights;
    const [rows, columns, depth, filters] = kernel.shape;
    const groups = numberOf(step.attributes, 'groups', 1);
    const first = Math.floor(place.channel / (filters / groups)) * depth;
    refuseOver(depth * rows * columns);
    const weights = pick(kernel, depth * rows * columns, i => {
      const [tap, channel] = [i % (rows * columns), Math.floor(i / (rows * columns))];
      return (tap * depth + channel) * filters + place.channel;
    });
    const channels = Int32Array.from({ length: depth }, (_, i) => first + i);
    return summed(
      from,
      space,
      rows,
      columns,
      { ...windowAt(step, space, place), channels, weights },
      bias,
      place.channel
    );
  };
}

/** DepthwiseConv2D: one channel of the input makes `depth_multiplier` of the output. */
export function convolvedAlone(step: Step, from: string): Taken {
  return (space, place) => {
    const { depthwise_kernel: kernel, bias } = step.weights;
    const [rows, columns, depth, multiplier] = kernel.shape;
    const [channel, which] = [Math.floor(place.channel / multiplier), place.channel % multiplier];
    const weights = pick(kernel, rows * columns, tap => (tap * depth + channel) * multiplier + which);
    const channels = Int32Array.of(channel);
    return summed(
      from,
      space,
      rows,
      columns,
      { ...windowAt(step, space, place), channels, weights },
      bias,
      place.channel
    );
  };
}

/** SeparableConv2D: each channel convolved alone, then weighed by the second kernel. */
export function convolvedInTwo(first: Step, second: Step, from: string): Taken {
  return (space, place) => {
    const { depthwise_kernel: kernel } = first.weights;
    const { kernel: pointwise, bias } = second.weights;
    const [rows, columns, depth, multiplier] = kernel.shape;
    const count = depth * multiplier;
    const filters = pointwise.shape[3];
    refuseOver(count * rows * columns);
    const weights = pick(
      kernel,
      count * rows * columns,
      i => (i % (rows * columns)) * count + Math.floor(i / (rows * columns))
    );
    const factors = pick(pointwise, count, i => i * filters + place.channel);
    const channels = Int32Array.from({ length: count }, (_, i) => Math.floor(i / multiplier));
    const terms = { ...windowAt(first, space, place), channels, weights, factors };
    return summed(from, space, rows, columns, terms, bias, place.channel);
  };
}

/** Conv2DTranspose: each cell of the input is spread by the kernel; a cell of the output gathers what reaches it. */
export function spread(step: Step, from: string): Taken {
  return (space, place) => {
    const { kernel, bias } = step.weights;
    const [rows, columns, filters, depth] = kernel.shape;
    refuseOver(depth * rows * columns);
    const windows = transposedWindows([1, space.rows, space.columns, space.channels], kernel.shape, step.attributes);
    const gathered = (axis: WindowAxis, at: number, size: number): Int32Array =>
      Int32Array.from({ length: axis.window }, (_, tap) => {
        const source = (at + axis.before - tap * axis.dilation) / axis.stride;
        return Number.isInteger(source) && source >= 0 && source < size ? source : -1;
      });
    const weights = pick(kernel, depth * rows * columns, i => {
      const [tap, channel] = [i % (rows * columns), Math.floor(i / (rows * columns))];
      return (tap * filters + place.channel) * depth + channel;
    });
    const terms = {
      rowsAt: gathered(windows.rows, place.row, space.rows),
      columnsAt: gathered(windows.columns, place.column, space.columns),
      channels: Int32Array.from({ length: depth }, (_, i) => i),
      weights
    };
    return summed(from, space, rows, columns, terms, bias, place.channel);
  };
}

/** Dense: the features of one row. */
export function weighed(
  kernel: WeightRef,
  bias: WeightRef | undefined,
  from: string,
  prefix: number[],
  features: Float32Array,
  unit: number
): ProductParts {
  const [count, units] = kernel.shape;
  refuseOver(count);
  const terms = {
    rowsAt: Int32Array.of(0),
    columnsAt: Int32Array.of(0),
    channels: Int32Array.from({ length: count }, (_, i) => i),
    weights: pick(kernel, count, i => i * units + unit),
    prefix
  };
  const space: Space = { layout: 'features', rows: 1, columns: 1, channels: count, valueAt: (_, __, i) => features[i] };
  return summed(from, space, 1, 1, terms, bias, unit, !WITH_PICTURES);
}

/** The totals of all units of Dense, which softmax shares among them. */
export function totalsOfUnits(kernel: WeightRef, bias: WeightRef | undefined, features: Float32Array): Float32Array {
  const [count, units] = kernel.shape;
  const totals = new Float64Array(units);
  withValues(kernel, weights => {
    for (let i = 0, at = 0; i < count; i++) {
      for (let unit = 0; unit < units; unit++, at++) {
        totals[unit] += features[i] * weights[at];
      }
    }
  });
  bias?.read().forEach((added, unit) => (totals[unit] += added));
  return Float32Array.from(totals);
}

/** One value times a weight, as in Rescaling. */
export function scaled(from: string, space: Space, place: Place, scale: number, offset: number): ProductParts {
  const terms = {
    rowsAt: Int32Array.of(place.row),
    columnsAt: Int32Array.of(place.column),
    channels: Int32Array.of(place.channel),
    weights: Float32Array.of(scale)
  };
  const parts = summed(from, space, 1, 1, terms, undefined, 0);
  return { ...parts, bias: offset, total: parts.total + offset };
}

/** Rows and columns of the input under a window; -1 outside. */
export function windowAt(
  step: Step,
  space: Space,
  place: Place,
  size?: [number, number]
): Pick<Terms, 'rowsAt' | 'columnsAt'> {
  const { attributes, weights } = step;
  const [rows, columns] = size ?? (weights.kernel ?? weights.depthwise_kernel).shape;
  const windows = windowsOf(
    [1, space.rows, space.columns, space.channels],
    [rows, columns],
    pairOf(attributes, 'strides', 1),
    pairOf(attributes, 'dilation_rate', 1),
    paddingOf(attributes)
  );
  return { rowsAt: met(windows.rows, place.row), columnsAt: met(windows.columns, place.column) };
}

function met(axis: WindowAxis, at: number): Int32Array {
  return Int32Array.from({ length: axis.window }, (_, tap) => {
    const source = at * axis.stride - axis.before + tap * axis.dilation;
    return source >= 0 && source < axis.input ? source : -1;
  });
}

/** Values of a window, (rows, columns); 0 outside. */
export function valuesUnder(space: Space, rowsAt: Int32Array, columnsAt: Int32Array, channel: number): Float32Array {
  const values = new Float32Array(rowsAt.length * columnsAt.length);
  let to = 0;
  for (const row of rowsAt) {
    for (const column of columnsAt) {
      values[to++] = row < 0 || column < 0 ? 0 : space.valueAt(row, column, channel);
    }
  }
  return values;
}

function summed(
  from: string,
  space: Space,
  rows: number,
  columns: number,
  terms: Terms,
  bias: WeightRef | undefined,
  channel: number,
  withPictures = WITH_PICTURES
): ProductParts {
  const { channels, weights, rowsAt, columnsAt, factors = null, prefix = [] } = terms;
  const size = rows * columns;
  const values = new Float32Array(channels.length * size);
  const sums = new Float64Array(channels.length);
  channels.forEach((source, i) => {
    values.set(valuesUnder(space, rowsAt, columnsAt, source), i * size);
    let sum = 0;
    for (let at = i * size; at < (i + 1) * size; at++) {
      sum += values[at] * weights[at];
    }
    sums[i] = sum * (factors?.[i] ?? 1);
  });
  const added = bias ? pick(bias, 1, () => channel)[0] : null;
  return {
    kind: 'products',
    from,
    layout: space.layout,
    prefix,
    rows,
    columns,
    channels,
    values,
    weights,
    rowsAt,
    columnsAt,
    factors,
    sums,
    bias: added,
    total: sums.reduce((all, sum) => all + sum, 0) + (added ?? 0),
    pictures: withPictures ? picturesOf(space, channels) : null
  };
}

/** Some of a weight's values, without a copy of all. */
function pick(weight: WeightRef, count: number, index: (i: number) => number): Float32Array {
  return withValues(weight, values => Float32Array.from({ length: count }, (_, i) => values[index(i)]));
}
