/**
 * Operators in files of TensorFlow 2.0 to 2.3: a TensorFlowOpLayer holds a node of TensorFlow's
 * graph (`AddV2`, `Mean`), where later versions hold the function's name. They become the latter.
 */
import { named } from '../../../graph/named';
import { type Config, configAt, isConfig, listAt, stringAt } from './json';
import { type Argument, type Call, type LayerSpec, TensorRef, tensorsIn } from './spec';

interface RawOperation {
  /** The function of TensorFlow that is the same, as TFOpLambda names it. */
  as: string;
  /** Names of the operands after the tensors, in the file. */
  names?: readonly string[];
  /** Names of the operands before the tensors, in the file. */
  leading?: readonly string[];
  /** Names of its attributes, in the file. */
  attributes?: Readonly<Record<string, string>>;
  /** True where its tensors are one list. */
  isList?: boolean;
  /** Arguments made of others; null where there is no such function. */
  options?: (options: Config) => Config | null;
}

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

const same = (names: string): Record<string, RawOperation> =>
  Object.fromEntries(names.split(' ').map(name => [name, { as: snake(name) }]));

const reduction = (as: string): RawOperation => ({ as, names: ['axis'], attributes: { keep_dims: 'keepdims' } });

/** TensorFlow 2 resizes between the centres of pixels; its graph can do otherwise. */
const resize = (method: string): RawOperation => ({
  as: 'image.resize',
  names: ['size'],
  options: ({ half_pixel_centers, ...others }) => (half_pixel_centers === true ? { ...others, method } : null)
});

/** Indexing: bits of the masks say which entries have no begin or end, are one index, are new, or are all the rest. */
const slice: RawOperation = {
  as: '__operators__.getitem',
  names: ['begin', 'end', 'strides'],
  options: ({
    begin,
    end,
    strides,
    begin_mask,
    end_mask,
    ellipsis_mask,
    new_axis_mask,
    shrink_axis_mask,
    ...others
  }) => {
    const [from, to, by] = [begin, end, strides].map(list => (Array.isArray(list) ? (list as unknown[]) : null));
    const has = (mask: unknown, i: number): boolean => ((Number(mask ?? 0) >> i) & 1) === 1;
    const entry = (i: number): unknown =>
      has(ellipsis_mask, i)
        ? { class_name: '__ellipsis__' }
        : has(new_axis_mask, i)
          ? null
          : has(shrink_axis_mask, i)
            ? from?.[i]
            : {
                start: has(begin_mask, i) ? null : from?.[i],
                stop: has(end_mask, i) ? null : to?.[i],
                step: by?.[i]
              };
    return from && to && by ? { ...others, slice_spec: from.map((_, i) => entry(i)) } : null;
  }
};

const RAW: Readonly<Record<string, RawOperation>> = {
  ...same('Abs Neg Exp Expm1 Log Log1p Sqrt Rsqrt Square Reciprocal Sign Floor Ceil Round Rint Erf'),
  ...same('Asinh Acosh Atanh Erfc OnesLike IsNan IsInf IsFinite Xlogy Xlog1py Xdivy'),
  ...same('Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Sigmoid Relu Relu6 Elu Selu Softplus Softsign'),
  ...same('Softmax LogSoftmax Identity StopGradient ZerosLike Shape LeakyRelu'),
  ...same('Add Sub Mul Maximum Minimum Pow SquaredDifference FloorDiv FloorMod DivNoNan Atan2 BiasAdd'),
  ...same('Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalNot'),
  AddV2: { as: 'add' },
  RealDiv: { as: 'divide' },
  MulNoNan: { as: 'multiply_no_nan' },
  AddN: { as: 'add_n', isList: true },
  Mean: reduction('reduce_mean'),
  Sum: reduction('reduce_sum'),
  Max: reduction('reduce_max'),
  Min: reduction('reduce_min'),
  Prod: reduction('reduce_prod'),
  Any: reduction('reduce_any'),
  All: reduction('reduce_all'),
  EuclideanNorm: reduction('reduce_euclidean_norm'),
  ArgMax: { as: 'argmax', names: ['axis'] },
  ArgMin: { as: 'argmin', names: ['axis'] },
  Cumsum: { as: 'cumsum', names: ['axis'] },
  Cumprod: { as: 'cumprod', names: ['axis'] },
  TopKV2: { as: 'top_k', names: ['k'] },
  OneHot: { as: 'one_hot', names: ['depth', 'on_value', 'off_value'] },
  Einsum: { as: 'einsum' },
  MatMul: { as: 'matmul' },
  BatchMatMulV2: { as: 'matmul', attributes: { adj_x: 'adjoint_a', adj_y: 'adjoint_b' } },
  // The first version, which chooses whole samples where its condition has fewer axes.
  Select: { as: 'where_rows' },
  SelectV2: { as: 'where' },
  ConcatV2: { as: 'concat', names: ['axis'], isList: true },
  Pack: { as: 'stack', isList: true },
  Split: { as: 'split', leading: ['axis'], attributes: { num_split: 'num_or_size_splits' } },
  SplitV: {
    as: 'split',
    names: ['num_or_size_splits', 'axis'],
    options: ({ num_split: _, ...others }) => others
  },
  Unpack: { as: 'unstack' },
  Roll: { as: 'roll', names: ['shift', 'axis'] },
  GatherV2: { as: 'gather', names: ['axis'] },
  BroadcastTo: { as: 'broadcast_to', names: ['shape'] },
  Slice: { as: 'slice', names: ['begin', 'size'] },
  Reshape: { as: 'reshape', names: ['shape'] },
  Transpose: { as: 'transpose', names: ['perm'] },
  ExpandDims: { as: 'expand_dims', names: ['axis'] },
  Squeeze: { as: 'squeeze', attributes: { squeeze_dims: 'axis' } },
  Tile: { as: 'tile', names: ['multiples'] },
  ReverseV2: { as: 'reverse', names: ['axis'] },
  Pad: { as: 'pad', names: ['paddings'] },
  PadV2: { as: 'pad', names: ['paddings', 'constant_values'] },
  MirrorPad: { as: 'pad', names: ['paddings'] },
  Cast: { as: 'cast', attributes: { DstT: 'dtype' } },
  StridedSlice: slice,
  ResizeBilinear: resize('bilinear'),
  ResizeNearestNeighbor: resize('nearest'),
  ResizeBicubic: resize('bicubic'),
  MaxPool: { as: 'nn.max_pool2d' },
  AvgPool: { as: 'nn.avg_pool2d' },
  Conv2D: { as: 'nn.conv2d' },
  DepthwiseConv2dNative: { as: 'nn.depthwise_conv2d' },
  ExtractImagePatches: { as: 'image.extract_patches', attributes: { ksizes: 'sizes' } },
  LRN: { as: 'nn.lrn' },
  DepthToSpace: { as: 'nn.depth_to_space' },
  SpaceToDepth: { as: 'nn.space_to_depth' }
};

/** Attributes that change no value. */
const SILENT = new Set(['N', 'incompatible_shape_error', 'use_cudnn_on_gpu']);

/** Of which the protocol buffers' name is another. */
const TYPES: Readonly<Record<string, string>> = { HALF: 'float16', FLOAT: 'float32', DOUBLE: 'float64' };

/** The layer as a TFOpLambda of a function that is known where it is a TensorFlowOpLayer, else as it is. */
export function withFunction(layer: LayerSpec): LayerSpec {
  if (layer.className === 'TFOpLambda' && layer.config.function === 'strided_slice') {
    return indexed(layer);
  }
  if (layer.className !== 'TensorFlowOpLayer') {
    return layer;
  }
  const node = configAt(layer.config, 'node_def');
  const operation = stringAt(node, 'op') ?? '';
  const raw = Object.hasOwn(RAW, operation) ? RAW[operation] : null;
  const attributes = attributesOf(configAt(node, 'attr'), raw?.attributes ?? {});
  const calls = layer.calls.map(call =>
    raw ? rewritten(raw, operandsOf(node, layer.config, call), attributes) : null
  );
  const isKnown = calls.every(call => call !== null);
  return {
    ...layer,
    className: 'TFOpLambda',
    config: { name: layer.name, function: raw && isKnown ? raw.as : `raw_ops.${operation}` },
    calls: isKnown ? calls : layer.calls
  };
}

/** TensorFlow's function of the same masks. */
function indexed(layer: LayerSpec): LayerSpec {
  const calls = layer.calls.map(({ args, kwargs }) => {
    const found = slice.options?.(kwargs) ?? null;
    return found && { args, kwargs: found };
  });
  const { as } = slice;
  return calls.every(call => call !== null) ? { ...layer, config: { ...layer.config, function: as }, calls } : layer;
}

/**
 * Layers in which sizes that TensorFlow 2.0 to 2.3 packs into a tensor are a list among the arguments,
 * as later versions write them: `tf.reshape(x, [tf.shape(x)[0], 8])`.
 */
export function withLists(layers: readonly LayerSpec[]): LayerSpec[] {
  const packed = new Map(
    layers.flatMap(({ name, className, config, calls: [call, ...others] }) =>
      className === 'TFOpLambda' && config.function === 'stack' && others.length === 0 && isListOfSizes(call)
        ? [[name, call.args[0]] as const]
        : []
    )
  );
  const opened = new Set<string>();
  const open = (value: Argument): Argument => {
    if (value instanceof TensorRef && packed.has(value.layer)) {
      opened.add(value.layer);
      return packed.get(value.layer);
    }
    return value;
  };
  const changed = layers.map(layer =>
    layer.className === 'TFOpLambda' && packed.size > 0
      ? {
          ...layer,
          calls: layer.calls.map(({ args, kwargs }) => ({
            args,
            kwargs: Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [name, open(value)]))
          }))
        }
      : layer
  );
  const read = new Set(
    changed.flatMap(({ calls }) => calls.flatMap(({ args, kwargs }) => tensorsIn([args, kwargs]))).map(ref => ref.layer)
  );
  return changed.filter(({ name }) => !opened.has(name) || read.has(name));
}

/** A list along the first axis of which some entry is a number: no tensors of a network are stacked with one. */
const isListOfSizes = (call: Call | undefined): call is Call =>
  call !== undefined &&
  call.kwargs.axis === 0 &&
  Array.isArray(call.args[0]) &&
  call.args[0].some(entry => typeof entry === 'number');

/** All that the operation takes, in order: constants are in the config by their place. */
function operandsOf(node: Config, config: Config, { args }: Call): Argument[] {
  const tensors = tensorsIn(args);
  const constants = configAt(config, 'constants');
  // A name that begins with ^ is waited for, and no operand.
  return listAt(node, 'input')
    .filter(name => !String(name).startsWith('^'))
    .map((_, i) => (Object.hasOwn(constants, i) ? constants[i] : tensors.shift()));
}

function rewritten(raw: RawOperation, operands: Argument[], attributes: Config): Call | null {
  const { names = [], leading = [], isList = false, options = (all: Config) => all } = raw;
  const count = operands.length - names.length - leading.length;
  const tensors = operands.slice(leading.length, leading.length + count);
  const others = [...operands.slice(0, leading.length), ...operands.slice(leading.length + count)];
  const named = Object.fromEntries([...leading, ...names].map((name, i) => [name, others[i]]));
  const kwargs = options({ ...named, ...attributes });
  return count < 1 || kwargs === null ? null : { args: isList ? [tensors] : tensors, kwargs };
}

/** Attributes by their names as arguments; types say nothing but for what is cast. */
function attributesOf(given: Config, names: Readonly<Record<string, string>>): Config {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => !SILENT.has(name) && !name.startsWith('_') && isConfig(value))
      .map(([name, value]) => [
        names[name] ?? name,
        name in names || !('type' in (value as Config)) ? valueOf(value as Config) : null
      ])
  );
}

/** A value as protocol buffers have it in JSON: whole numbers are texts, texts are in base64. */
function valueOf(value: Config): unknown {
  if (isConfig(value.list)) {
    const [items] = Object.values(value.list);
    return Array.isArray(items) && items.length > 0 ? items.map(Number) : null;
  }
  if (typeof value.type === 'string') {
    const name = value.type.replace(/^DT_/, '');
    return named(TYPES, name) ?? name.toLowerCase();
  }
  if (value.i !== undefined) {
    return Number(value.i);
  }
  return typeof value.s === 'string' ? atob(value.s) : (value.b ?? value.f ?? null);
}
