/**
 * Receptive fields through layers, axis by axis. Araujo, Norris and Sim, "Computing Receptive Fields of
 * Convolutional Neural Networks", Distill 2019, https://distill.pub/2019/computing-receptive-fields.
 */
import { axisOf, booleanOf, numberOf, numbersOf, stringOf } from '../attributes';
import type { Attributes } from '../model-graph';
import type { AxisField, FieldRule } from './layer-class';
import { picksOf } from './picks';
import { frames, KERNEL_RADIUS } from './resize-geometry';
import { transposedSize } from './window-sizes';

/** Per axis, from a list, a list of pairs, or one number for both. */
function numberAt(attributes: Attributes, key: string, axis: number, otherwise: number): number {
  const value = attributes[key];
  const one: unknown = Array.isArray(value) ? (value[axis] ?? value[0]) : value;
  const first: unknown = Array.isArray(one) ? one[0] : one;
  return typeof first === 'number' ? first : otherwise;
}

/** TensorFlow's padding before, of what is missing for windows that begin `stride` apart: the odd cell comes after. */
const before = (size: number, stride: number, span: number): number =>
  Math.floor(Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0) / 2);

/**
 * Cells of `length` of the input's each, the first from `from` on (in cells of the input); each reads `more` beyond.
 */
const regridded = ({ jump, size, start }: AxisField, length: number, from: number, more: number): AxisField => ({
  jump: jump * length,
  size: size + more * jump,
  start: start + (from + length / 2 - 0.5) * jump
});

/** A window of cells that moves over its input. */
export const windowField =
  (key: 'kernel_size' | 'pool_size'): FieldRule =>
  ({ jump, size, start }, attributes, axis, sizes) => {
    const span =
      (numberAt(attributes, key, axis, key === 'pool_size' ? 2 : 1) - 1) *
        numberAt(attributes, 'dilation_rate', axis, 1) +
      1;
    const stride = numberAt(attributes, 'strides', axis, key === 'pool_size' ? span : 1);
    const padding =
      attributes.padding === 'same'
        ? // Of a size that is not known: as of one that the stride divides.
          before(sizes[axis] ?? stride, stride, span)
        : attributes.padding === 'causal'
          ? span - 1
          : 0;
    return {
      jump: jump * stride,
      size: size + (span - 1) * jump,
      start: start + ((span - 1) / 2 - padding) * jump
    };
  };

/** Output cell i takes part of the window at i - p .. i + span - 1 - p, over inputs that lie `stride` apart. */
export const transposedField: FieldRule = ({ jump, size, start }, attributes, axis, sizes) => {
  const kernel = numberAt(attributes, 'kernel_size', axis, 1);
  const dilation = numberAt(attributes, 'dilation_rate', axis, 1);
  const stride = numberAt(attributes, 'strides', axis, 1);
  const span = (kernel - 1) * dilation + 1;
  const extra = attributes.output_padding ?? null;
  const more = extra === null ? null : numberAt(attributes, 'output_padding', axis, 0);
  // It is the gradient of a convolution over its output, whose padding it has.
  const output = transposedSize(sizes[axis] ?? 1, kernel, stride, dilation, String(attributes.padding), more) ?? 1;
  const padding = attributes.padding === 'same' ? before(output, stride, span) : 0;
  return {
    jump: jump / stride,
    size: size + ((span - 1) / stride) * jump,
    start: start + ((padding - (span - 1) / 2) / stride) * jump
  };
};

/** Edges put on (1) or cut off (-1). */
export const edgedField =
  (key: 'padding' | 'pads' | 'cropping', sign: 1 | -1): FieldRule =>
  (field, attributes, axis) =>
    regridded(field, 1, -sign * numberAt(attributes, key, axis, 0), 0);

/** Cells beyond its own that one of an interpolation reads, when cells of the output are `length` of the input's. */
function reach(interpolation: string, length: number, antialias: boolean): number {
  if (interpolation === 'area') {
    return Number.isInteger(length) ? length - 1 : Math.ceil(length);
  }
  const radius = KERNEL_RADIUS[interpolation as keyof typeof KERNEL_RADIUS] as number | undefined;
  return radius !== undefined
    ? 2 * radius * (antialias ? Math.max(length, 1) : 1)
    : // Nearest copies one cell, which lies around the centre, but not in the middle of it.
      Number.isInteger(1 / length)
      ? 1 - length
      : length % 2 === 1
        ? 0
        : 1;
}

export const upSampledField: FieldRule = (field, attributes, axis) => {
  const length = 1 / numberAt(attributes, 'size', axis, 2);
  return regridded(field, length, 0, reach(stringOf(attributes, 'interpolation', 'nearest'), length, false));
};

export const resizedField: FieldRule = (field, attributes, axis, sizes) => {
  const to = [numberOf(attributes, 'height', 1), numberOf(attributes, 'width', 1)] as const;
  const [rows, columns] = sizes;
  if (rows === null || columns === null) {
    return null;
  }
  const { size, edge } = frames([rows, columns], to, attributes)[axis];
  const length = size / to[axis];
  const interpolation = stringOf(attributes, 'interpolation', 'bilinear');
  return regridded(field, length, -edge, reach(interpolation, length, booleanOf(attributes, 'antialias', false)));
};

/** CenterCrop; one that is larger than its input along an axis resizes, without changing the aspect ratio. */
export const centredField: FieldRule = (field, attributes, axis, sizes) => {
  const to = [numberOf(attributes, 'height', 1), numberOf(attributes, 'width', 1)];
  const [rows, columns] = sizes;
  if (rows === null || columns === null) {
    return null;
  }
  return to[0] <= rows && to[1] <= columns
    ? regridded(field, 1, Math.floor(([rows, columns][axis] - to[axis]) / 2), 0)
    : resizedField(field, { ...attributes, interpolation: 'bilinear', crop_to_aspect_ratio: true }, axis, sizes);
};

/** Pooling to a size that is given, where it divides the input's: else windows are of unlike lengths. */
export const adaptiveField: FieldRule = (field, attributes, axis, sizes) => {
  const size = sizes[axis];
  const length = size === null ? NaN : size / numberAt(attributes, 'output_size', axis, 1);
  return Number.isInteger(length) ? regridded(field, length, 0, length - 1) : null;
};

/** A part of a tensor by position: an unbroken one, or every so many cells. */
export const slicedField: FieldRule = (field, attributes, axis) => {
  const begin = numbersOf(attributes, 'begin', [])[axis + 1];
  const isMoved = [attributes.drop, attributes.add].some(axes => Array.isArray(axes) && axes.length > 0);
  const positions = picksOf(attributes).find(pick => pick.axis === axis + 1)?.positions ?? [0, 1];
  const [first, second = first + 1] = positions;
  const step = second - first;
  const isEven = step > 0 && positions.every((position, i) => position === first + i * step);
  return begin === undefined || isMoved || !isEven
    ? null
    : { ...field, jump: field.jump * step, start: field.start + (first + begin * step) * field.jump };
};

/** Channels that become blocks of cells, each of which sees what the one cell saw. */
export const spreadField: FieldRule = (field, attributes) => {
  const length = 1 / numberOf(attributes, 'block_size', 1);
  return regridded(field, length, 0, 1 - length);
};

/** Blocks of cells that become channels. */
export const gatheredField: FieldRule = (field, attributes) => {
  const length = numberOf(attributes, 'block_size', 1);
  return regridded(field, length, 0, length - 1);
};

/** Channels made one; cells made one lie nowhere. */
export const reducedField: FieldRule = (field, attributes, axis, sizes) => {
  const axes = numbersOf(attributes, 'axis', [axis + 1]).map(one => axisOf(one, sizes.length + 2));
  return attributes.keepdims === true && !axes.includes(axis + 1) ? field : null;
};
