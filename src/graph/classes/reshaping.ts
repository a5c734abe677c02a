import { message, MessageError } from '../../messages/message';
import { numbersOf } from '../attributes';
import type { Attributes } from '../model-graph';
import { centredField, edgedField, resizedField, slicedField, upSampledField } from './fields';
import {
  type Argument,
  DATA_FORMAT,
  flag,
  type LayerClass,
  type LayerClasses,
  list,
  number,
  numbers,
  type ShapeRule,
  words
} from './layer-class';
import { picksOf } from './picks';
import { at, needed, overSpace, product, spellShape, withOnes } from './shapes';

const LAST = words('channels_last', null);
const INTERPOLATION = (otherwise: string): Argument => ({
  type: 'text',
  default: otherwise,
  honours: ['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5', 'gaussian', 'mitchellcubic', 'area']
});

function edgesAlong(attributes: Attributes, key: string, axis: number, axes: number): [number, number] {
  const value = attributes[key];
  const edge: unknown = axes === 1 ? value : Array.isArray(value) ? value[axis] : value;
  return Array.isArray(edge) ? [Number(edge[0]), Number(edge[1] ?? edge[0])] : [Number(edge ?? 0), Number(edge ?? 0)];
}

const edgedShape = (axes: number, key: 'padding' | 'cropping', sign: 1 | -1): ShapeRule =>
  overSpace(axes, (size, i, a) => {
    const [before, after] = edgesAlong(a, key, i, axes);
    return size === null ? null : size + sign * (before + after);
  });

const edged = (axes: 1 | 2 | 3, key: 'padding' | 'cropping', sign: 1 | -1): LayerClass => ({
  family: 'padding',
  arguments: { [key]: numbers(1), data_format: axes === 1 ? LAST : DATA_FORMAT },
  outputShape: edgedShape(axes, key, sign),
  follows: true,
  field: edgedField(key, sign)
});

/** Mirrored edges may not be longer than what they mirror. */
const padded: ShapeRule = ([input], { pads, mode }) => {
  const edges = Array.isArray(pads)
    ? (pads as [number, number][]).map((edge): [number, number] => [Number(edge[0]), Number(edge[1])])
    : [];
  if (edges.length !== input.length - 1) {
    throw new MessageError(
      message('pads %1 axes, but its input has the shape %2', edges.length + 1, spellShape(input))
    );
  }
  return input.map((size, i) => {
    if (i === 0 || size === null) {
      return size;
    }
    const [before, after] = edges[i - 1];
    const most = mode === 'reflect' ? size - 1 : mode === 'symmetric' ? size : Infinity;
    if (Math.max(before, after) > most) {
      throw new MessageError(
        message('cannot mirror %1 cells of its input of shape %2', Math.max(before, after), spellShape(input))
      );
    }
    return size + before + after;
  });
};

const upSampledShape = (axes: number): ShapeRule =>
  overSpace(axes, (size, i, a) => (size === null ? null : size * at(numbersOf(a, 'size', [2]), i)));

const resized = overSpace(2, (_size, i, a) => needed(a, i === 0 ? 'height' : 'width'));

const reshaped: ShapeRule = ([input], a) => {
  const target = numbersOf(a, 'target_shape', [-1]);
  const total = product(input.slice(1));
  const known = target.filter(size => size !== -1).reduce((x, y) => x * y, 1);
  if (total !== null && (target.includes(-1) ? total % known !== 0 : total !== known)) {
    throw new MessageError(
      message(
        'makes %2 of %1, which parts samples or joins them: GradLens keeps each by itself',
        spellShape(input),
        spellShape([null, ...target])
      )
    );
  }
  return [input[0], ...target.map(size => (size === -1 ? (total === null ? null : total / known) : size))];
};

const permuted: ShapeRule = ([input], a) => {
  const dims = numbersOf(a, 'dims', [1]);
  if (dims.length !== input.length - 1 || dims.some(dim => input[dim] === undefined)) {
    throw new MessageError(message('cannot reorder the axes of %1 as %2', spellShape(input), spellShape(dims)));
  }
  return [input[0], ...dims.map(dim => input[dim])];
};

const sliced: ShapeRule = ([input], a) => {
  const [size, drop] = [numbersOf(a, 'size', [-1]), numbersOf(a, 'drop', [])];
  const picked = new Map(picksOf(a).map(({ axis, positions }) => [axis, positions.length]));
  const taken = input
    .map((whole, axis) => picked.get(axis) ?? (size[axis] === -1 ? whole : size[axis]))
    .filter((_, axis) => !drop.includes(axis));
  return withOnes(taken, numbersOf(a, 'add', []));
};

export const RESHAPING: LayerClasses = {
  Flatten: {
    family: 'reshape',
    arguments: {
      data_format: DATA_FORMAT
    },
    outputShape: ([input]) => [input[0], product(input.slice(1))]
  },
  Reshape: { family: 'reshape', explained: 'tokens', arguments: { target_shape: list }, outputShape: reshaped },
  Permute: { family: 'reshape', arguments: { dims: list }, outputShape: permuted },
  RepeatVector: {
    family: 'reshape',
    arguments: { n: number() },
    outputShape: ([input], a) => [input[0], needed(a, 'n'), ...input.slice(1)]
  },
  ZeroPadding1D: edged(1, 'padding', 1),
  ZeroPadding2D: edged(2, 'padding', 1),
  ZeroPadding3D: edged(3, 'padding', 1),
  Cropping1D: edged(1, 'cropping', -1),
  Cropping2D: edged(2, 'cropping', -1),
  Cropping3D: edged(3, 'cropping', -1),
  UpSampling1D: {
    family: 'reshape',
    arguments: { size: numbers(2), data_format: LAST },
    outputShape: upSampledShape(1),
    field: upSampledField,
    follows: true
  },
  UpSampling2D: {
    family: 'reshape',
    arguments: { size: numbers(2), data_format: DATA_FORMAT, interpolation: INTERPOLATION('nearest') },
    outputShape: upSampledShape(2),
    field: upSampledField,
    follows: true
  },
  UpSampling3D: {
    family: 'reshape',
    arguments: { size: numbers(2), data_format: DATA_FORMAT },
    outputShape: upSampledShape(3),
    field: upSampledField,
    follows: true
  },
  Resizing: {
    family: 'reshape',
    arguments: {
      height: number(),
      width: number(),
      data_format: DATA_FORMAT,
      interpolation: INTERPOLATION('bilinear'),
      crop_to_aspect_ratio: flag(false),
      pad_to_aspect_ratio: flag(false),
      antialias: flag(false),
      fill_mode: words('constant', null),
      fill_value: number(0)
    },
    outputShape: resized,
    field: resizedField,
    follows: true
  },
  CenterCrop: {
    family: 'reshape',
    arguments: {
      height: number(),
      width: number(),
      data_format: DATA_FORMAT
    },
    outputShape: resized,
    field: centredField,
    follows: true
  },
  'op:pad': { family: 'padding', outputShape: padded, field: edgedField('pads', 1) },
  'op:slice': {
    family: 'reshape',
    outputShape: sliced,
    field: slicedField,
    moves: a =>
      numbersOf(a, 'add', []).length > 0 ||
      picksOf(a).some(({ positions }) => positions.some((position, i) => i > 0 && position < positions[i - 1]))
  }
};
