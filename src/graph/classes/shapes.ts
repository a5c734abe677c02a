/** Parts of shape rules. */
import { message, MessageError } from '../../messages/message';
import { numbersOf } from '../attributes';
import type { Attributes, Shape } from '../model-graph';
import type { ShapeRule } from './layer-class';
import { windowSize } from './window-sizes';

export type Size = number | null;

/** A number that the layer cannot do without. */
export function needed(attributes: Attributes, key: string): number {
  const value = attributes[key];
  if (typeof value !== 'number') {
    throw new MessageError(message('has no %1', key));
  }
  return value;
}

/** (2, 3) as Python writes it, `n` for the batch and `?` for what is not known. */
export function spellShape(shape: Shape): string {
  return `(${shape.map((size, i) => size ?? (i === 0 ? 'n' : '?')).join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** A shape with axes of size 1 put in, one after the other, each where it stands in the result so far. */
export const withOnes = (shape: Shape, axes: readonly number[]): Shape =>
  axes.reduce((sofar, axis) => [...sofar.slice(0, axis), 1, ...sofar.slice(axis)], shape);

export const same: ShapeRule = ([input]) => input;

export function product(sizes: Size[], combine = (x: number, y: number) => x * y, start = 1): Size {
  return sizes.reduce((sofar: Size, size) => (sofar === null || size === null ? null : combine(sofar, size)), start);
}

/** One of several numbers, one an axis; a lone one stands for all. */
export const at = (values: readonly number[], axis: number): number => values[axis] ?? values[0];

function positive(size: Size, input: Shape): Size {
  if (size !== null && size <= 0) {
    throw new MessageError(message('does not fit: its input of shape %1 is too small', spellShape(input)));
  }
  return size;
}

export function needsAxes(axes: number, input: Shape): void {
  if (input.length !== axes + 2) {
    throw new MessageError(message('needs an input with %1 axes, but gets %2', axes + 2, spellShape(input)));
  }
}

/** Applies `change` to the spatial sizes and `channels` to the channel count, wherever the data format has them. */
export function overSpace(
  axes: number,
  change: (size: Size, axis: number, attributes: Attributes) => Size,
  channels?: (count: Size, attributes: Attributes) => Size
): ShapeRule {
  return ([input], attributes) => {
    needsAxes(axes, input);
    const first = attributes.data_format === 'channels_first';
    const spatial = (first ? input.slice(2) : input.slice(1, -1)).map((size, i) =>
      positive(change(size, i, attributes), input)
    );
    const count = first ? input[1] : input[input.length - 1];
    const depth = channels ? channels(count, attributes) : count;
    return first ? [input[0], depth, ...spatial] : [input[0], ...spatial, depth];
  };
}

/** A window that moves over the spatial axes: convolution and pooling. */
export function windowed(
  axes: number,
  windowKey: 'kernel_size' | 'pool_size',
  channels?: (count: Size, attributes: Attributes) => Size
): ShapeRule {
  return overSpace(
    axes,
    (size, i, a) => {
      const window = at(numbersOf(a, windowKey, [1]), i);
      const stride = at(numbersOf(a, 'strides', [1]), i);
      return windowSize(size, window, stride, at(numbersOf(a, 'dilation_rate', [1]), i), String(a.padding ?? 'valid'));
    },
    channels
  );
}
