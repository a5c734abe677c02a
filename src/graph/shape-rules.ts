/** The output shape of each operation, from its input shapes, with Keras' semantics. */
import { message, MessageError } from '../messages/message';
import type { Attributes, Shape } from './model-graph';
import { BINARY_OPS, IDENTITY_OPS, MERGE_OPS } from './supported-ops';
import { transposedSize, windowSize } from './window-sizes';

type Size = number | null;
/** Throws Error with the end of a sentence that begins with the layer's name. */
export type ShapeRule = (inputs: Shape[], attributes: Attributes) => Shape;

function listOf(attributes: Attributes, key: string, otherwise: number): number[] {
  const value = attributes[key];
  return Array.isArray(value) && value.length > 0 ? value.map(Number) : [typeof value === 'number' ? value : otherwise];
}

function numberOf(attributes: Attributes, key: string): number {
  const value = attributes[key];
  if (typeof value !== 'number') {
    throw new MessageError(message('has no %1', key));
  }
  return value;
}

export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** (2, 3) as Python writes it, `n` for the batch and `?` for what is not known. */
export function spellShape(shape: Shape): string {
  return `(${shape.map((size, i) => size ?? (i === 0 ? 'n' : '?')).join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function positive(size: Size, input: Shape): Size {
  if (size !== null && size <= 0) {
    throw new MessageError(message('does not fit: its input of shape %1 is too small', spellShape(input)));
  }
  return size;
}

/** Applies `change` to the spatial sizes and `channels` to the channel count, wherever the data format has them. */
function overSpace(
  axes: number,
  change: (size: Size, axis: number, attributes: Attributes) => Size,
  channels?: (count: Size, attributes: Attributes) => Size
): ShapeRule {
  return ([input], attributes) => {
    if (input.length !== axes + 2) {
      throw new MessageError(message('needs an input with %1 axes, but gets %2', axes + 2, spellShape(input)));
    }
    const first = attributes.data_format === 'channels_first';
    const spatial = (first ? input.slice(2) : input.slice(1, -1)).map((size, i) =>
      positive(change(size, i, attributes), input)
    );
    const count = first ? input[1] : input[input.length - 1];
    const depth = channels ? channels(count, attributes) : count;
    return first ? [input[0], depth, ...spatial] : [input[0], ...spatial, depth];
  };
}

const at = (values: number[], axis: number) => values[axis] ?? values[0];

function windowed(
  windowKey: 'kernel_size' | 'pool_size',
  channels?: (count: Size, attributes: Attributes) => Size
): (axes: number) => ShapeRule {
  return axes =>
    overSpace(
      axes,
      (size, i, a) => {
        const window = at(listOf(a, windowKey, 1), i);
        const stride = at(listOf(a, 'strides', 1), i);
        return windowSize(size, window, stride, at(listOf(a, 'dilation_rate', 1), i), String(a.padding ?? 'valid'));
      },
      channels
    );
}

const filters = (_count: Size, attributes: Attributes): Size => numberOf(attributes, 'filters');
const convolution = windowed('kernel_size', filters);
const depthwise = windowed('kernel_size', (count, a) =>
  count === null ? null : count * (typeof a.depth_multiplier === 'number' ? a.depth_multiplier : 1)
);
const pooling = windowed('pool_size');

const transposed = (axes: number): ShapeRule =>
  overSpace(
    axes,
    (size, i, a) => {
      const extra = Array.isArray(a.output_padding)
        ? Number(at(a.output_padding.map(Number), i))
        : typeof a.output_padding === 'number'
          ? a.output_padding
          : null;
      const window = at(listOf(a, 'kernel_size', 1), i);
      return transposedSize(
        size,
        window,
        at(listOf(a, 'strides', 1), i),
        at(listOf(a, 'dilation_rate', 1), i),
        String(a.padding ?? 'valid'),
        extra
      );
    },
    filters
  );

/** Every axis between the batch and the channels becomes 1 (keepdims) or goes. */
const overall =
  (axes: number): ShapeRule =>
  ([input], a) => {
    if (input.length !== axes + 2) {
      throw new MessageError(message('needs an input with %1 axes, but gets %2', axes + 2, spellShape(input)));
    }
    const first = a.data_format === 'channels_first';
    const channels = first ? input[1] : input[input.length - 1];
    if (a.keepdims !== true) {
      return [input[0], channels];
    }
    const ones = input.slice(2).map(() => 1);
    return first ? [input[0], channels, ...ones] : [input[0], ...ones, channels];
  };

function edgesOf(attributes: Attributes, key: string, axis: number, axes: number): [number, number] {
  const value = attributes[key];
  const edge: unknown = axes === 1 ? value : Array.isArray(value) ? value[axis] : value;
  return Array.isArray(edge) ? [Number(edge[0]), Number(edge[1] ?? edge[0])] : [Number(edge ?? 0), Number(edge ?? 0)];
}

const edged = (axes: number, key: 'padding' | 'cropping', sign: 1 | -1): ShapeRule =>
  overSpace(axes, (size, i, a) => {
    const [before, after] = edgesOf(a, key, i, axes);
    return size === null ? null : size + sign * (before + after);
  });

/** Mirrored edges may not be longer than what they mirror. */
const padded: ShapeRule = ([input], { pads, mode }) => {
  const edges = Array.isArray(pads)
    ? (pads as [number, number][]).map((edge): [number, number] => [Number(edge[0]), Number(edge[1])])
    : [];
  if (edges.length !== input.length - 1) {
    throw new Error(`pads ${edges.length + 1} axes, but its input has the shape ${spellShape(input)}`);
  }
  return input.map((size, i) => {
    if (i === 0 || size === null) {
      return size;
    }
    const [before, after] = edges[i - 1];
    const most = mode === 'reflect' ? size - 1 : mode === 'symmetric' ? size : Infinity;
    if (Math.max(before, after) > most) {
      throw new Error(`cannot mirror ${Math.max(before, after)} cells of its input of shape ${spellShape(input)}`);
    }
    return size + before + after;
  });
};

const upSampling = (axes: number): ShapeRule =>
  overSpace(axes, (size, i, a) => (size === null ? null : size * at(listOf(a, 'size', 2), i)));

const resized = overSpace(2, (_size, i, a) => numberOf(a, i === 0 ? 'height' : 'width'));

const same: ShapeRule = ([input]) => input;

/** Keras' merging layers: an input of lower rank gets its missing axes behind the batch's. */
const merged: ShapeRule = (inputs, attributes) => {
  const rank = Math.max(...inputs.map(input => input.length));
  const aligned = inputs.map(([batch, ...rest]) => [batch, ...Array<number>(rank - rest.length - 1).fill(1), ...rest]);
  return broadcast(aligned, attributes);
};

/** numpy's broadcasting, sizes not known giving way to sizes over 1. */
const broadcast: ShapeRule = inputs => {
  const rank = Math.max(...inputs.map(input => input.length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = inputs.map(input => (i - rank + input.length < 0 ? 1 : input[i - rank + input.length]));
    const large = [...new Set(sizes.filter(size => size !== 1 && size !== null))];
    if (large.length > 1) {
      throw new MessageError(message('cannot combine the shapes %1', inputs.map(spellShape).join(' and ')));
    }
    return large.length ? large[0] : sizes.includes(null) ? null : 1;
  });
};

const concatenate: ShapeRule = (inputs, a) => {
  const [head] = inputs;
  const axis = axisOf(typeof a.axis === 'number' ? a.axis : -1, head.length);
  const fits = inputs.every(
    input =>
      input.length === head.length &&
      input.every((size, i) => i === axis || size === null || head[i] === null || size === head[i])
  );
  if (!fits || head[axis] === undefined) {
    throw new MessageError(
      message('cannot join the shapes %1 along axis %2', inputs.map(spellShape).join(' and '), axis)
    );
  }
  return head.map((size, i) => {
    const sizes = inputs.map(input => input[i]);
    return i === axis ? product(sizes, (x, y) => x + y, 0) : (sizes.find(other => other !== null) ?? size);
  });
};

function product(sizes: Size[], combine = (x: number, y: number) => x * y, start = 1): Size {
  return sizes.reduce((sofar: Size, size) => (sofar === null || size === null ? null : combine(sofar, size)), start);
}

const reshape: ShapeRule = ([input], a) => {
  const target = listOf(a, 'target_shape', -1);
  const total = product(input.slice(1));
  const known = target.filter(size => size !== -1).reduce((x, y) => x * y, 1);
  if (total !== null && (target.includes(-1) ? total % known !== 0 : total !== known)) {
    throw new MessageError(message('cannot reshape %1 to %2', spellShape(input), spellShape([null, ...target])));
  }
  return [input[0], ...target.map(size => (size === -1 ? (total === null ? null : total / known) : size))];
};

const permute: ShapeRule = ([input], a) => {
  const dims = listOf(a, 'dims', 1);
  if (dims.length !== input.length - 1 || dims.some(dim => input[dim] === undefined)) {
    throw new MessageError(message('cannot reorder the axes of %1 as %2', spellShape(input), spellShape(dims)));
  }
  return [input[0], ...dims.map(dim => input[dim])];
};

const lastAxisOnly = (axis: unknown, rank: number) =>
  [axis ?? -1].flat().every(one => axisOf(Number(one), rank) === rank - 1);

const layerNormalization: ShapeRule = ([input], a) => {
  if (a.rms_scaling === true) {
    throw new MessageError(message('uses rms_scaling, which GradLens cannot run'));
  }
  return input;
};

const groupNormalization: ShapeRule = ([input], a) => {
  if (!lastAxisOnly(a.axis, input.length)) {
    throw new MessageError(
      message('normalises along axis %1, and GradLens can only do it along the last one', String(a.axis))
    );
  }
  const channels = input[input.length - 1];
  const groups = numberOf(a, 'groups');
  if (channels !== null && groups !== -1 && channels % groups !== 0) {
    throw new MessageError(message('cannot part %1 channels into %2 groups', channels, groups));
  }
  return input;
};

/** Query, value, key in; every axis between the batch and the features is attended over. */
const attention: ShapeRule = ([query, value, key], a) => {
  const rank = query.length;
  const axes = [a.attention_axes ?? []].flat().map(axis => axisOf(Number(axis), rank));
  if (axes.length > 0 && (axes.length !== rank - 2 || axes.some(axis => axis < 1 || axis > rank - 2))) {
    throw new MessageError(message('attends along some of its axes only, which GradLens cannot run'));
  }
  if (!value || !key || value.length !== rank || key.length !== rank) {
    throw new MessageError(message('needs a query and a value with as many axes'));
  }
  if (a.use_gate === true || typeof a.sliding_window === 'number') {
    throw new MessageError(message('uses a gate or a sliding window, which GradLens cannot run'));
  }
  const width = a.output_shape ?? query[rank - 1];
  if (typeof width !== 'number' && !(Array.isArray(width) && width.length === 1)) {
    throw new MessageError(message('has outputs with several axes, which GradLens cannot run'));
  }
  return [...query.slice(0, -1), Number(width)];
};

const matmul: ShapeRule = ([a, b]) => {
  const rank = a.length;
  const fits =
    b &&
    b.length === rank &&
    rank >= 3 &&
    a.slice(0, -2).every((size, i) => size === b[i]) &&
    a[rank - 1] === b[rank - 2];
  if (!fits) {
    throw new MessageError(
      message('multiplies matrices of shapes %1 and %2, which GradLens cannot run', spellShape(a), spellShape(b ?? []))
    );
  }
  return [...a.slice(0, -1), b[rank - 1]];
};

const sliced: ShapeRule = ([input], a) => {
  const [size, drop] = [listOf(a, 'size', -1), Array.isArray(a.drop) ? a.drop : []];
  return input.map((whole, axis) => (size[axis] === -1 ? whole : size[axis])).filter((_, axis) => !drop.includes(axis));
};

const every = (names: readonly string[], rule: ShapeRule): Record<string, ShapeRule> =>
  Object.fromEntries(names.map(name => [name, rule]));

export const shapeRules: Readonly<Record<string, ShapeRule>> = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  SeparableConv1D: convolution(1),
  SeparableConv2D: convolution(2),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Dense: ([input], a) => [...input.slice(0, -1), numberOf(a, 'units')],
  MaxPooling1D: pooling(1),
  MaxPooling2D: pooling(2),
  AveragePooling1D: pooling(1),
  AveragePooling2D: pooling(2),
  ...every(['GlobalAveragePooling1D', 'GlobalMaxPooling1D'], overall(1)),
  ...every(['GlobalAveragePooling2D', 'GlobalMaxPooling2D'], overall(2)),
  ...every(['Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax'], same),
  LayerNormalization: layerNormalization,
  ...every(['BatchNormalization', 'Normalization', 'Rescaling', 'LayerScale', 'CustomScaleLayer'], same),
  ...every(['UnitNormalization', 'RMSNormalization'], same),
  GroupNormalization: groupNormalization,
  MultiHeadAttention: attention,
  Embedding: ([input], a) => [...input, numberOf(a, 'output_dim')],
  'op:matmul': matmul,
  'op:pad': padded,
  'op:slice': sliced,
  ...every(IDENTITY_OPS, same),
  ...every(MERGE_OPS, merged),
  ...every(BINARY_OPS, broadcast),
  'op:stop_gradient': same,
  Concatenate: concatenate,
  Flatten: ([input]) => [input[0], product(input.slice(1))],
  Reshape: reshape,
  Permute: permute,
  RepeatVector: ([input], a) => [input[0], numberOf(a, 'n'), ...input.slice(1)],
  ZeroPadding1D: edged(1, 'padding', 1),
  ZeroPadding2D: edged(2, 'padding', 1),
  Cropping1D: edged(1, 'cropping', -1),
  Cropping2D: edged(2, 'cropping', -1),
  UpSampling1D: upSampling(1),
  UpSampling2D: upSampling(2),
  Resizing: resized,
  CenterCrop: resized
};
