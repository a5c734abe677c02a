/**
 * A layer's config as the graph keeps it: what only matters for training is
 * left out, and what Keras 2 and Keras 3 spell differently is spelled as
 * Keras 3 does:
 *
 * - `activation`: the function's name (a dictionary by Keras 3 in some files);
 *   `swish`, `hard_swish` and `exp` become `silu`, `hard_silu`, `exponential`.
 *   A layer given as activation (LeakyReLU()) becomes its function's name with
 *   its arguments beside it.
 * - `dtype`: the policy's name.
 * - LeakyReLU `alpha` -> `negative_slope`; ReLU without `negative_slope` 0.
 * - `kernel_size`, `strides`, `dilation_rate`, `pool_size`, `size`: one number
 *   an axis. Pooling's missing strides are its pool size.
 * - `padding` and `cropping` of ZeroPadding and Cropping: (before, after) an
 *   axis; a single such pair in one dimension.
 * - `data_format`: `channels_last` where it is missing.
 * - BatchNormalization's `axis`: a number.
 * - `slope`: of hard_sigmoid, in files of Keras 2.
 * - What a class declares a default for and the file leaves out: that default.
 */
import { WHOLE, withDefaults } from '../../../graph/classes/check-arguments';
import type { Attributes } from '../../../graph/model-graph';
import { named } from '../../../graph/named';
import { type Config, isConfig, stringAt } from '../config/json';

const TRAINING_ONLY =
  /(_initializer|_regularizer|_constraint)$|^(autocast|activity_regularizer|momentum|renorm.*|synchronized|seed|rng_type)$/;

/** Keras' older names of classes. */
const CLASS_SYNONYMS: Readonly<Record<string, string>> = {
  Convolution1D: 'Conv1D',
  Convolution2D: 'Conv2D',
  Convolution3D: 'Conv3D',
  Convolution1DTranspose: 'Conv1DTranspose',
  Convolution2DTranspose: 'Conv2DTranspose',
  Convolution3DTranspose: 'Conv3DTranspose',
  Deconvolution2D: 'Conv2DTranspose',
  SeparableConvolution1D: 'SeparableConv1D',
  SeparableConvolution2D: 'SeparableConv2D',
  MaxPool1D: 'MaxPooling1D',
  MaxPool2D: 'MaxPooling2D',
  MaxPool3D: 'MaxPooling3D',
  AvgPool1D: 'AveragePooling1D',
  AvgPool2D: 'AveragePooling2D',
  AvgPool3D: 'AveragePooling3D',
  GlobalAvgPool1D: 'GlobalAveragePooling1D',
  GlobalAvgPool2D: 'GlobalAveragePooling2D',
  GlobalAvgPool3D: 'GlobalAveragePooling3D',
  GlobalMaxPool1D: 'GlobalMaxPooling1D',
  GlobalMaxPool2D: 'GlobalMaxPooling2D',
  GlobalMaxPool3D: 'GlobalMaxPooling3D',
  GroupedQueryAttention: 'GroupQueryAttention',
  BatchNormalizationV1: 'BatchNormalization',
  BatchNormalizationV2: 'BatchNormalization',
  SyncBatchNormalization: 'BatchNormalization'
};

/** Of hard_sigmoid in Keras 2, which Keras 3 made 1 / 6. */
const KERAS2_SLOPE = 0.2;

const ACTIVATION_SYNONYMS: Readonly<Record<string, string>> = {
  swish: 'silu',
  hard_swish: 'hard_silu',
  exp: 'exponential'
};

/** The class whose behaviour the class named has. */
export function canonicalClass(className: string): string {
  return named(CLASS_SYNONYMS, className) ?? className;
}

/** The same, with its arguments, by the Keras that wrote the file. */
export function meantBy(className: string, config: Config, keras2: boolean): { op: string; config: Config } {
  const op = canonicalClass(className);
  // Where it does not train, Keras 2 resizes what is left of the middle, and Keras 3 does nothing.
  return keras2 && op === 'RandomCrop'
    ? { op: 'Resizing', config: { ...config, crop_to_aspect_ratio: true } }
    : { op, config };
}

/**
 * The normalised config of a layer of (canonical) class `op`.
 *
 * @param keras2 - Whether Keras 2 wrote the file.
 */
export function normaliseAttributes(op: string, config: Config, keras2 = false): Attributes {
  const kept = Object.fromEntries(Object.entries(config).filter(([key]) => !TRAINING_ONLY.test(key)));
  const attributes: Record<string, unknown> = {
    ...kept,
    dtype: dtypeOf(op, config.dtype, keras2),
    ...geometry(op, config)
  };
  if ('activation' in config) {
    Object.assign(attributes, activation(config.activation));
  }
  if ('recurrent_activation' in config) {
    attributes.recurrent_activation = activation(config.recurrent_activation).activation;
  }
  switch (op) {
    case 'LeakyReLU':
      attributes.negative_slope = config.negative_slope ?? config.alpha;
      delete attributes.alpha;
      break;
    case 'ReLU':
      attributes.negative_slope = first(config.negative_slope);
      attributes.threshold = first(config.threshold);
      break;
    case 'BatchNormalization':
      // Keras 2 writes a list; of several axes it stays one, which is refused.
      attributes.axis = Array.isArray(config.axis) && config.axis.length > 1 ? config.axis : first(config.axis);
      break;
    case 'Dot':
      attributes.smallest_square = keras2 ? 1e-12 : 1e-14;
      break;
    case 'UnitNormalization':
      // Keras 2 bounds the square of a length by 1e-12, Keras 3 the length.
      attributes.smallest_square = keras2 ? 1e-12 : 1e-24;
      break;
  }
  return withDefaults(op, inDialect(attributes, keras2));
}

/** The attributes with what Keras 2 meant by them, where it wrote the file. They are JSON by their origin. */
export function inDialect(attributes: Config, keras2: boolean): Attributes {
  const isOther = keras2 && [attributes.activation, attributes.recurrent_activation].includes('hard_sigmoid');
  return (isOther ? { ...attributes, slope: KERAS2_SLOPE } : attributes) as Attributes;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** Layers of Keras 2 that cut fractions off where their type is one of whole numbers. */
const CUTS = /^(?:Random|CenterCrop$|Resizing$|Rescaling$)/;

/** A policy's name; `float32` for whole numbers where Keras 2 leaves what the layer takes as it is. */
function dtypeOf(op: string, value: unknown, keras2: boolean): string {
  const name = dtypeName(value);
  return keras2 && WHOLE.test(name) && !CUTS.test(op) ? 'float32' : name;
}

/** A policy's name: `float32`, `mixed_float16`, … */
function dtypeName(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (isConfig(value) && isConfig(value.config)) {
    return stringAt(value.config, 'name') ?? stringAt(value, 'class_name') ?? 'float32';
  }
  return 'float32';
}

/** `activation` by name, with arguments of its own where a layer stands for a function. */
function activation(value: unknown): Config {
  if (value === null || value === undefined) {
    return { activation: 'linear' };
  }
  if (!isConfig(value)) {
    return { activation: ACTIVATION_SYNONYMS[String(value)] ?? String(value) };
  }
  const className = stringAt(value, 'class_name') ?? '';
  if (typeof value.config === 'string') {
    const module = stringAt(value, 'module');
    const own = module !== null && !/^(keras|tf_keras|builtins$)/.test(module);
    return own ? { activation: `${module}.${value.config}` } : activation(value.config);
  }
  if (className === 'Activation' && isConfig(value.config)) {
    return activation(value.config.activation);
  }
  return isConfig(value.config)
    ? layerAsActivation(className, normaliseAttributes(className, value.config))
    : { activation: className || 'unknown' };
}

/**
 * A layer given as activation, as a function where there is one that
 * does the same; else its class name, which is no function's.
 */
function layerAsActivation(className: string, attributes: Attributes): Config {
  const { negative_slope, max_value, threshold, axis, alpha } = attributes;
  switch (className) {
    case 'LeakyReLU':
      return { activation: 'leaky_relu', negative_slope };
    case 'ReLU':
      return negative_slope === 0 && threshold === 0 && (max_value === null || max_value === 6)
        ? { activation: max_value === 6 ? 'relu6' : 'relu' }
        : { activation: 'relu_general', negative_slope, max_value, threshold };
    case 'ELU':
      return { activation: 'elu', alpha };
    case 'Softmax':
      return { activation: 'softmax', axis };
    default:
      return { activation: className };
  }
}

/** Sizes and paddings of layers that move over space, one entry an axis. */
function geometry(op: string, config: Config): Config {
  const axes = Number(/([123])D/.exec(op)?.[1] ?? 0);
  if (axes === 0) {
    return {};
  }
  const result: Record<string, unknown> = { data_format: config.data_format ?? 'channels_last' };
  for (const key of ['kernel_size', 'strides', 'dilation_rate', 'pool_size', 'size', 'output_padding']) {
    if (config[key] !== undefined && config[key] !== null) {
      result[key] = perAxis(config[key], axes);
    }
  }
  if (config.pool_size !== undefined && !config.strides) {
    result.strides = result.pool_size;
  }
  for (const [layer, key] of [
    ['ZeroPadding', 'padding'],
    ['Cropping', 'cropping']
  ]) {
    if (op.startsWith(layer)) {
      result[key] =
        axes === 1 ? perAxis(config[key] ?? 1, 2) : perAxis(config[key] ?? 1, axes).map(edge => perAxis(edge, 2));
    }
  }
  return result;
}

function perAxis(value: unknown, axes: number): unknown[] {
  return Array.isArray(value) && value.length > 0
    ? Array.from({ length: axes }, (_, i): unknown => value[i] ?? value[0])
    : Array.from({ length: axes }, () => value);
}
