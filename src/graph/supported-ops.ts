/**
 * The operations that a ModelGraph may ask the engine to run. Readers turn
 * everything else into nodes listed as unsupported.
 */

/** Layers that do nothing when a model is only used, not trained. */
export const IDENTITY_OPS: readonly string[] = [
  'Identity',
  'Dropout',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'ActivityRegularization',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomContrast',
  'RandomBrightness',
  'RandomHeight',
  'RandomWidth'
];

/** Layers with kernels; they may name an `activation`. */
export const KERNEL_OPS: readonly string[] = [
  'Conv1D',
  'Conv2D',
  'Conv1DTranspose',
  'Conv2DTranspose',
  'DepthwiseConv1D',
  'DepthwiseConv2D',
  'SeparableConv1D',
  'SeparableConv2D',
  'Dense'
];

/** Layers that combine several tensors of one shape. */
export const MERGE_OPS: readonly string[] = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'];

/** Elementwise operators with two operands, of which one may be a number. */
export const BINARY_OPS: readonly string[] = [
  'op:add',
  'op:subtract',
  'op:multiply',
  'op:divide',
  'op:maximum',
  'op:minimum'
];

export const SUPPORTED_OPS: ReadonlySet<string> = new Set([
  'InputLayer',
  ...KERNEL_OPS,
  'BatchNormalization',
  'LayerNormalization',
  'Normalization',
  'Rescaling',
  'LayerScale',
  'CustomScaleLayer',
  'GroupNormalization',
  'UnitNormalization',
  'RMSNormalization',
  'MultiHeadAttention',
  'Embedding',
  'Constant',
  'op:matmul',
  'op:stop_gradient',
  'op:pad',
  'op:slice',
  'Activation',
  'ReLU',
  'LeakyReLU',
  'PReLU',
  'ELU',
  'ThresholdedReLU',
  'Softmax',
  'MaxPooling1D',
  'MaxPooling2D',
  'AveragePooling1D',
  'AveragePooling2D',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling1D',
  'GlobalMaxPooling2D',
  ...MERGE_OPS,
  ...BINARY_OPS,
  'Concatenate',
  'Flatten',
  'Reshape',
  'Permute',
  'RepeatVector',
  'ZeroPadding1D',
  'ZeroPadding2D',
  'Cropping1D',
  'Cropping2D',
  'UpSampling1D',
  'UpSampling2D',
  'Resizing',
  'CenterCrop',
  ...IDENTITY_OPS
]);

/** Activation functions by name; `hard_sigmoid` means another function in files by Keras 2. */
export const SUPPORTED_ACTIVATIONS: ReadonlySet<string> = new Set([
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'celu',
  'exponential',
  'sigmoid',
  'tanh',
  'softplus',
  'softsign',
  'log_sigmoid',
  'hard_sigmoid',
  'hard_silu',
  'hard_tanh',
  'silu',
  'mish',
  'gelu',
  'leaky_relu',
  'softmax',
  'log_softmax',
  'tanh_shrink',
  'hard_shrink',
  'soft_shrink',
  'squareplus',
  'sparse_plus',
  'sparse_sigmoid'
]);
