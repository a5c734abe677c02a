/**
 * The arguments of each layer class that the engine honours. What is not
 * declared here, or has a value that is not honoured, must refuse the layer: a
 * number computed without an argument is wrong without a word.
 */
import type { Attributes, Shape } from './model-graph';
import { IDENTITY_OPS } from './supported-ops';

/** `any` value, one of a list, or whatever a function of the value and the layer's first input says. */
type Honoured = 'any' | readonly unknown[] | ((value: unknown, input: Shape, attributes: Attributes) => boolean);

type Declared = Readonly<Record<string, Honoured>>;

/** Of every class: they matter for training, or say how the layer is named and fed. */
const COMMON: Declared = {
  name: 'any',
  trainable: 'any',
  batch_input_shape: 'any',
  batch_shape: 'any',
  input_dtype: 'any',
  seed_generator: 'any',
  // The file's kernel has the adaptation merged in.
  lora_rank: 'any',
  lora_alpha: 'any',
  quantization_config: [null]
};

const PADDING: readonly unknown[] = ['valid', 'same'];
const DATA_FORMAT: readonly unknown[] = ['channels_last', 'channels_first', null];

/** Functions that layers stand for, with their own arguments (formats/keras/attributes). */
const ACTIVATED: Declared = { activation: 'any', negative_slope: 'any', use_bias: 'any' };

const convolution = (own: Declared): Declared => ({
  kernel_size: 'any',
  strides: 'any',
  padding: PADDING,
  data_format: DATA_FORMAT,
  dilation_rate: 'any',
  groups: [1],
  ...ACTIVATED,
  ...own
});

const pooling: Declared = { pool_size: 'any', strides: 'any', padding: PADDING, data_format: DATA_FORMAT };
const global: Declared = { data_format: DATA_FORMAT, keepdims: 'any' };
const normalization: Declared = { epsilon: 'any', center: 'any', scale: 'any' };

const asNumber = (value: unknown): number => Number(Array.isArray(value) ? value[0] : value);

/** A single axis, the last one. */
const lastAxis = (value: unknown, input: Shape): boolean =>
  (!Array.isArray(value) || value.length === 1) && [-1, input.length - 1].includes(asNumber(value));

const singleAxis = (value: unknown): boolean => !Array.isArray(value) || value.length <= 1;

/** Sizes that the input is known to have, or may have. */
const within =
  (axisFromEnd: number) =>
  (value: unknown, input: Shape, { data_format }: Attributes): boolean => {
    const size = input[input.length - (data_format === 'channels_first' ? axisFromEnd - 1 : axisFromEnd)] ?? null;
    return size === null || Number(value) <= size;
  };

const BY_CLASS: Readonly<Record<string, Declared>> = {
  Conv1D: convolution({ filters: 'any', padding: [...PADDING, 'causal'], groups: 'any' }),
  Conv2D: convolution({ filters: 'any', groups: 'any' }),
  Conv1DTranspose: convolution({ filters: 'any', output_padding: 'any' }),
  Conv2DTranspose: convolution({ filters: 'any', output_padding: 'any' }),
  DepthwiseConv1D: convolution({ depth_multiplier: 'any', padding: [...PADDING, 'causal'] }),
  DepthwiseConv2D: convolution({ depth_multiplier: 'any' }),
  SeparableConv1D: convolution({ filters: 'any', depth_multiplier: 'any', padding: [...PADDING, 'causal'] }),
  SeparableConv2D: convolution({ filters: 'any', depth_multiplier: 'any' }),
  Dense: { units: 'any', ...ACTIVATED },

  BatchNormalization: { axis: 'any', ...normalization, fused: 'any', virtual_batch_size: [null] },
  LayerNormalization: { axis: 'any', ...normalization, rms_scaling: [false] },
  Normalization: { axis: 'any', mean: 'any', variance: 'any', invert: 'any', input_mean: 'any', input_variance: 'any' },
  GroupNormalization: { groups: 'any', axis: 'any', ...normalization },
  UnitNormalization: { axis: 'any' },
  RMSNormalization: { axis: lastAxis, epsilon: 'any', scale: 'any' },
  Rescaling: { scale: 'any', offset: 'any' },
  LayerScale: { init_values: 'any', projection_dim: 'any' },
  CustomScaleLayer: { scale: 'any' },

  Activation: {
    activation: 'any',
    negative_slope: 'any',
    alpha: 'any',
    approximate: 'any',
    threshold: 'any',
    axis: [-1]
  },
  ReLU: { max_value: 'any', negative_slope: 'any', threshold: 'any' },
  LeakyReLU: { negative_slope: 'any' },
  PReLU: { shared_axes: 'any' },
  ELU: { alpha: 'any' },
  ThresholdedReLU: { theta: 'any' },
  Softmax: { axis: singleAxis },

  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  GlobalAveragePooling1D: global,
  GlobalAveragePooling2D: global,
  GlobalMaxPooling1D: global,
  GlobalMaxPooling2D: global,

  Add: {},
  Subtract: {},
  Multiply: {},
  Average: {},
  Maximum: {},
  Minimum: {},
  Concatenate: { axis: 'any' },
  // Only images are transposed before they are flattened.
  Flatten: { data_format: (value, input) => value !== 'channels_first' || input.length === 4 || input.length === 2 },
  Reshape: { target_shape: 'any' },
  Permute: { dims: 'any' },
  RepeatVector: { n: 'any' },
  ZeroPadding1D: { padding: 'any', data_format: ['channels_last', null] },
  ZeroPadding2D: { padding: 'any', data_format: DATA_FORMAT },
  Cropping1D: { cropping: 'any', data_format: ['channels_last', null] },
  Cropping2D: { cropping: 'any', data_format: DATA_FORMAT },
  UpSampling1D: { size: 'any', data_format: ['channels_last', null] },
  UpSampling2D: { size: 'any', data_format: DATA_FORMAT, interpolation: ['nearest', 'bilinear', 'bicubic'] },
  Resizing: {
    height: 'any',
    width: 'any',
    data_format: DATA_FORMAT,
    interpolation: ['nearest', 'bilinear', 'bicubic'],
    crop_to_aspect_ratio: [false],
    pad_to_aspect_ratio: [false],
    antialias: [false],
    // How what is padded is filled, and nothing is.
    fill_mode: 'any',
    fill_value: 'any'
  },
  CenterCrop: { height: within(3), width: within(2), data_format: DATA_FORMAT },

  MultiHeadAttention: {
    // Of the call, by formats/keras/attention-call.
    causal: 'any',
    num_heads: 'any',
    key_dim: 'any',
    value_dim: 'any',
    dropout: 'any',
    use_bias: 'any',
    output_shape: 'any',
    attention_axes: 'any',
    flash_attention: 'any',
    query_shape: 'any',
    key_shape: 'any',
    value_shape: 'any',
    use_gate: [false],
    sliding_window: [null],
    softmax_robust_masking: 'any'
  },
  Embedding: { input_dim: 'any', output_dim: 'any', mask_zero: 'any', input_length: 'any', sparse: 'any' }
};

/** Dtype policies that are computed in float32; quantised weights are other numbers than they seem. */
const POLICY = /^(?:mixed_)?b?float(?:16|32|64)$|^u?int(?:8|16|32|64)$|^bool$/;

/** Classes of which only the shape, or nothing, arrives at the engine. */
const UNCHECKED: ReadonlySet<string> = new Set(['InputLayer', 'Constant', ...IDENTITY_OPS]);

export interface UnhonouredArgument {
  argument: string;
  value: unknown;
}

/** The first argument of a layer that would be ignored, or null. `input` is the shape of its first input. */
export function unhonouredArgument(op: string, attributes: Attributes, input: Shape): UnhonouredArgument | null {
  const declared = BY_CLASS[op];
  if (!declared || UNCHECKED.has(op)) {
    return null;
  }
  const all: Declared = { ...COMMON, ...declared };
  for (const [argument, value] of Object.entries(attributes)) {
    if (argument === 'dtype') {
      if (typeof value === 'string' && !POLICY.test(value)) {
        return { argument, value };
      }
      continue;
    }
    const honoured = all[argument] as Honoured | undefined;
    const isHonoured =
      honoured === undefined
        ? // An argument of a later Keras at what is surely its default.
          value === null || value === undefined
        : honoured === 'any' ||
          value === undefined ||
          (typeof honoured === 'function' ? honoured(value, input, attributes) : honoured.includes(value));
    if (!isHonoured) {
      return { argument, value };
    }
  }
  return null;
}

/** Classes whose arguments are declared. */
export const DECLARED_CLASSES: readonly string[] = Object.keys(BY_CLASS);
