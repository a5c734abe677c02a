/** Operators that move values: reshapes, orders of axes, padding, joining, parting and repeating. */
import { message } from '../../../messages/message';
import { areSizes, isBatch } from '../nodes/sizes';
import { swap } from '../nodes/terms';
import { axesOf, isTensor, type Maker, named, type Operation, type Operator, type Operators, unary } from './operator';

/** Puts in axes of size 1, takes them out, or turns axes round. */
const alongAxes = (op: 'op:expand_dims' | 'op:squeeze' | 'op:flip'): Operator => ({
  after: ['axis'],
  make: unary((x, options) => {
    const axis = axesOf(options.axis);
    return axis ? { op, attributes: { axis }, inputs: [x] } : message('works along all axes, that of the samples too');
  })
});

const moveaxis: Operator = {
  after: ['source', 'destination'],
  make: unary((x, options) => {
    const [source, destination] = [axesOf(options.source), axesOf(options.destination)];
    return source && destination && source.length === destination.length
      ? { op: 'op:moveaxis', attributes: { source, destination }, inputs: [x] }
      : message('does not say which axes it moves');
  })
};

const swapaxes: Operator = {
  after: ['axis1', 'axis2'],
  make: unary((x, options) => {
    const [one, other] = [options.axis1, options.axis2];
    return typeof one === 'number' && typeof other === 'number'
      ? { op: 'op:moveaxis', attributes: { source: [one, other], destination: [other, one] }, inputs: [x] }
      : message('does not say which axes it swaps');
  })
};

/** Joins along an axis; Keras' default is -1 in `ops.concatenate`'s layer and 0 in TensorFlow. */
const concatenate: Operator = {
  after: ['axis'],
  make: (operands, options) =>
    operands.length > 0 && operands.every(isTensor)
      ? {
          op: 'Concatenate',
          attributes: { axis: typeof options.axis === 'number' ? options.axis : 0 },
          inputs: operands
        }
      : message('joins tensors with constants')
};

const stack: Operator = {
  after: ['axis'],
  make: (operands, options) =>
    operands.every(isTensor)
      ? { op: 'op:stack', attributes: { axis: options.axis ?? 0 }, inputs: operands }
      : message('stacks tensors with constants')
};

const reshape: Operator = {
  after: ['newshape'],
  reads: ['shape'],
  make: unary((x, options) => {
    const shape = options.newshape ?? options.shape;
    if (Array.isArray(shape) && typeof shape[0] === 'number' && shape[0] >= 0) {
      return message('makes a batch of %1 samples of any: give -1 as the first size', shape[0]);
    }
    return Array.isArray(shape) &&
      (shape[0] === -1 || shape[0] === null || isBatch(shape[0])) &&
      shape.slice(1).every(size => areSizes(size) || (typeof size === 'number' && (size > 0 || isBatch(shape[0]))))
      ? { op: 'Reshape', attributes: { target_shape: shape.slice(1) }, inputs: [x] }
      : message('does not say which shape it makes of each sample');
  })
};

const transpose: Operator = {
  after: ['axes'],
  reads: ['perm'],
  make: unary((x, options) => {
    const given = options.axes ?? options.perm;
    const order = axesOf(given)?.map(axis => (axis < 0 ? axis + (given as unknown[]).length : axis));
    return order?.[0] === 0
      ? { op: 'Permute', attributes: { dims: order.slice(1) }, inputs: [x] }
      : message('moves the axis of samples');
  })
};

/** The edges (before, after) of all axes but the batch's, or null. */
function edgesOf(widths: unknown): [number, number][] | null {
  const isEdge = (edge: unknown): edge is [number, number] =>
    Array.isArray(edge) && edge.length === 2 && edge.every(width => Number.isInteger(width) && width >= 0);
  return Array.isArray(widths) && widths.length > 1 && widths.every(isEdge) && widths[0].every(width => width === 0)
    ? widths.slice(1)
    : null;
}

const pad: Operator = {
  after: ['paddings'],
  reads: ['pad_width', 'mode', 'constant_values'],
  make: unary((x, options) => {
    const pads = edgesOf(options.pad_width ?? options.paddings);
    const mode = typeof options.mode === 'string' ? options.mode.toLowerCase() : 'constant';
    const value = options.constant_values ?? 0;
    if (!pads) {
      return message('pads the axis of samples too');
    }
    if (!['constant', 'reflect', 'symmetric'].includes(mode) || typeof value !== 'number') {
      return message('pads in the mode %1, which GradLens does not know', mode);
    }
    const isZeroPadding =
      mode === 'constant' && value === 0 && pads.length === 3 && pads[2].every(width => width === 0);
    return isZeroPadding
      ? { op: 'ZeroPadding2D', attributes: { padding: pads.slice(0, 2), data_format: 'channels_last' }, inputs: [x] }
      : { op: 'op:pad', attributes: { pads, mode, value }, inputs: [x] };
  })
};

/** Indexing, of which slices.ts and pick-channels.ts know what it comes to when the input's shape is known. */
const getitem: Operator = {
  after: ['key'],
  reads: ['slice_spec'],
  make: unary((x, options) => ({
    op: 'op:getitem',
    attributes: { slices: options.slice_spec ?? options.key },
    inputs: [x]
  }))
};

/** The most parts that one operator makes. */
const MOST_PARTS = 1024;

/** Parts along an axis, one operation for each, which slices.ts completes. */
function parts(
  x: Operation['inputs'][number],
  axis: unknown,
  of: unknown,
  count: number,
  drop: boolean
): ReturnType<Maker> {
  if (typeof axis !== 'number' || count < 1 || count > MOST_PARTS) {
    return message('does not say which parts it makes');
  }
  return Array.from({ length: count }, (_, part) => ({
    op: 'op:part',
    attributes: { axis, part, of, drop },
    inputs: [x]
  }));
}

/** keras.ops.split: a number of equal parts, or the positions where parts begin. */
const split: Operator = {
  after: ['indices_or_sections', 'axis'],
  reads: ['num_or_size_splits'],
  make: unary((x, options) => {
    const axis = options.axis ?? 0;
    const sizes = options.num_or_size_splits;
    const of = sizes ?? options.indices_or_sections;
    if (typeof of === 'number') {
      return parts(x, axis, of, of, false);
    }
    const list = axesOf(of);
    if (!list || (sizes !== undefined && list.filter(size => size === -1).length > 1)) {
      return message('does not say which parts it makes');
    }
    return sizes === undefined
      ? parts(x, axis, { begin: list }, list.length + 1, false)
      : parts(x, axis, { sizes: list }, list.length, false);
  })
};

/** The same along an axis of its own. */
const splitAlong = (axis: number): Operator => ({
  after: ['indices_or_sections'],
  make: (operands, options, ...rest) => split.make(operands, { ...options, axis }, ...rest)
});

/** Parts as equal as can be. */
const arraySplit: Operator = {
  after: ['indices_or_sections', 'axis'],
  make: (operands, options, ...rest) => {
    const { indices_or_sections: of, axis } = options;
    const [x] = operands;
    return typeof of === 'number' && isTensor(x)
      ? parts(x, axis ?? 0, { near: of }, of, false)
      : split.make(operands, options, ...rest);
  }
};

const append: Operator = {
  operands: 2,
  after: ['axis'],
  make: (operands, options, ...rest) =>
    typeof options.axis === 'number'
      ? concatenate.make(operands, options, ...rest)
      : message('flattens what it joins, the samples too')
};

/** Joins along an axis of its own. */
const joinAlong = (axis: number): Operator => ({
  make: (operands, options, ...rest) => concatenate.make(operands, { ...options, axis }, ...rest)
});

const slice: Operator = {
  after: ['begin', 'size'],
  reads: ['shape'],
  make: unary((x, { begin, size, shape: given }) => {
    const [starts, sizes] = [axesOf(begin), axesOf(size ?? given)];
    return starts && sizes && starts.length === sizes.length && starts[0] === 0 && sizes[0] === -1
      ? { op: 'op:slice', attributes: { begin: starts, size: sizes, drop: [], picks: [], add: [] }, inputs: [x] }
      : message('takes a part of the samples');
  })
};

const unstack: Operator = {
  after: ['num', 'axis'],
  make: unary((x, { num, axis }, outputs) => parts(x, axis ?? 0, 'each', typeof num === 'number' ? num : outputs, true))
};

/** Repeats along axes, rearranged by positions once the input's shape is known (slices.ts). */
const tile: Operator = {
  after: ['repeats'],
  reads: ['multiples'],
  make: unary((x, options) => {
    const repeats = axesOf(options.repeats ?? options.multiples);
    return repeats
      ? { op: 'op:positions', attributes: { tile: repeats }, inputs: [x] }
      : message('does not say how often it repeats');
  })
};

/** To a shape that has the samples first, as they are: axes of size 1 are repeated. */
const broadcastTo: Operator = {
  after: ['shape'],
  make: unary((x, { shape: sizes }) => {
    const [samples, ...others] = areSizes(sizes) || !Array.isArray(sizes) ? [] : (sizes as unknown[]);
    if (!isBatch(samples)) {
      return message('makes a fixed number of samples, where GradLens has as many as it is given');
    }
    return others.every(size => typeof size === 'number' || areSizes(size))
      ? { op: 'op:positions', attributes: { spread: others }, inputs: [x] }
      : message('does not say which shape it makes');
  })
};

const repeat: Operator = {
  after: ['repeats', 'axis'],
  make: unary((x, { repeats, axis }) =>
    typeof repeats === 'number' && typeof axis === 'number'
      ? { op: 'op:positions', attributes: { repeat: repeats, axis }, inputs: [x] }
      : message('does not say how often it repeats, and along which axis')
  )
};

const roll: Operator = {
  after: ['shift', 'axis'],
  make: unary((x, options) => {
    const [shift, axis] = [axesOf(options.shift), axesOf(options.axis)];
    return shift && axis && shift.length === axis.length
      ? { op: 'op:positions', attributes: { roll: shift, axis }, inputs: [x] }
      : message('works along all axes, that of the samples too');
  })
};

/** Entries along an axis at constant indices. */
export const take: Operator = {
  after: ['indices', 'axis'],
  make: unary((x, { indices, axis }) => {
    const positions = axesOf(indices);
    return positions && typeof axis === 'number'
      ? { op: 'op:positions', attributes: { take: indices, axis }, inputs: [x] }
      : message('takes entries at indices that are no list of numbers');
  })
};

/** Sizes as a tensor, of which sizes.ts knows what others take of them. */
const shape: Operator = {
  neutral: { out_type: ['int32', 'int64'] },
  make: unary(x => ({ op: 'op:shape', attributes: {}, inputs: [x] }))
};

export const ARRANGE: Operators = {
  ...named(['shape', 'compat.v1.shape'], shape),
  expand_dims: alongAxes('op:expand_dims'),
  squeeze: alongAxes('op:squeeze'),
  ...named(['flip', 'reverse'], alongAxes('op:flip')),
  moveaxis,
  swapaxes,
  ...named(['concat', 'concatenate'], concatenate),
  stack,
  reshape,
  transpose,
  'image.transpose': { make: unary(x => swap(x, -3, -2)) },
  pad,
  ...named(['getitem', 'get_item'], getitem),
  split,
  hsplit: splitAlong(1),
  dsplit: splitAlong(2),
  vsplit: splitAlong(0),
  array_split: arraySplit,
  append,
  hstack: joinAlong(1),
  dstack: joinAlong(2),
  vstack: joinAlong(0),
  broadcast_to: broadcastTo,
  slice,
  unstack,
  tile,
  repeat,
  roll,
  take
};
