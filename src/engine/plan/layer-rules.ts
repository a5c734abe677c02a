/** Rules that expand each Keras layer class into steps. */
import { axisOf, edgesOf, numberOf, numbersOf } from '../../graph/attributes';
import { isIdentity, LAYER_CLASSES } from '../../graph/classes';
import { ENCODING } from '../../graph/classes/encoding';
import type { Attributes, GraphNode, WeightRef } from '../../graph/model-graph';
import { inverseOrder } from '../ops/axes';
import type { OpName } from '../ops/registry';
import { activationOf, reluOf } from './activation-choice';
import { convLstm } from './conv-lstm-rule';
import { normalizationWeights, scaleShiftWeights, withRepeatedHeads } from './derived-weights';
import { operatorRules } from './operator-rules';
import { overall, plain, type Rule, withRow } from './rule';
import { spectrogram } from './spectrogram-rule';
import { volumeRules } from './volume-rules';

/** Keras' merging layers put missing axes behind the batch's, operators before it. */
const merging = (op: OpName): Rule => ({
  expand: (chain, node) => chain.push(op, { ...node.attributes, behind_batch: true })
});

const is1d = (node: GraphNode) => node.op.includes('1D');

/** A one-dimensional layer's attribute as the (1, x) pair of its two-dimensional kin. */
function pair(node: GraphNode, key: string, otherwise: number): [number, number] {
  const values = numbersOf(node.attributes, key, [otherwise]);
  return is1d(node) ? [1, values[0]] : [values[0], values[1] ?? values[0]];
}

const lifted = (node: GraphNode, weights: Readonly<Record<string, WeightRef>>): Readonly<Record<string, WeightRef>> =>
  is1d(node) ? withRow(weights) : weights;

/** Geometry of a convolution; Conv1D's causal padding is explicit. */
function geometry(node: GraphNode): Attributes {
  const strides = pair(node, 'strides', 1);
  const dilation = pair(node, 'dilation_rate', 1);
  const causal = node.attributes.padding === 'causal';
  const kernel = numbersOf(node.attributes, 'kernel_size', [1]);
  return {
    strides,
    dilation_rate: dilation,
    groups: numberOf(node.attributes, 'groups', 1),
    ...(causal
      ? {
          padding: 'explicit',
          pads: [
            [0, 0],
            [(kernel[0] - 1) * dilation[1], 0]
          ]
        }
      : { padding: node.attributes.padding ?? 'valid' })
  };
}

const plainActivated = (op: OpName): Rule => ({ ...plain(op), activated: true });
const nothing: Rule = { expand: chain => chain.push('identity') };
/** Of these the reader makes operators. */
const composed: Rule = {
  expand(_, { id }) {
    throw new Error(`${id} has not been made of operators`);
  }
};

const convolution: Rule = {
  activated: true,
  spatial: true,
  expand: (chain, node) => chain.push('conv2d', geometry(node), lifted(node, node.weights))
};

const depthwise: Rule = {
  activated: true,
  spatial: true,
  expand(chain, node) {
    const { kernel, ...rest } = node.weights;
    const weights = kernel ? { depthwise_kernel: kernel, ...rest } : node.weights;
    chain.push('depthwiseConv2d', geometry(node), lifted(node, weights));
  }
};

const separable: Rule = {
  activated: true,
  spatial: true,
  expand(chain, node) {
    const { depthwise_kernel, pointwise_kernel, ...bias } = lifted(node, node.weights);
    chain.push('depthwiseConv2d', geometry(node), { depthwise_kernel });
    chain.push('conv2d', { padding: 'valid' }, { kernel: pointwise_kernel, ...bias });
  }
};

const transposed: Rule = {
  activated: true,
  spatial: true,
  expand(chain, node) {
    const extra = node.attributes.output_padding;
    const output_padding =
      extra === null || extra === undefined
        ? null
        : is1d(node)
          ? [0, ...numbersOf(node.attributes, 'output_padding', [0])]
          : extra;
    chain.push('conv2dTranspose', { ...geometry(node), output_padding }, lifted(node, node.weights));
  }
};

const locallyConnected: Rule = {
  activated: true,
  spatial: true,
  expand(chain, node) {
    const { kernel, bias } = node.weights;
    const placed = bias && is1d(node) ? { ...bias, shape: [1, ...bias.shape] } : bias;
    chain.push(
      'locallyConnected2d',
      { kernel_size: pair(node, 'kernel_size', 1), strides: pair(node, 'strides', 1) },
      { kernel, ...(placed ? { bias: placed } : {}) }
    );
  }
};

const pooling = (op: 'maxPool2d' | 'averagePool2d'): Rule => ({
  spatial: true,
  expand(chain, node) {
    const pool_size = pair(node, 'pool_size', 2);
    const strides =
      node.attributes.strides === null || node.attributes.strides === undefined ? pool_size : pair(node, 'strides', 1);
    chain.push(op, { pool_size, strides, padding: node.attributes.padding ?? 'valid' });
  }
});

/** Pools to a size that is given, whatever the input's is. */
const adaptivePooling = (kind: 'max' | 'average'): Rule => ({
  spatial: true,
  expand(chain, node) {
    const [height, width] = pair(node, 'output_size', 1);
    if (kind === 'max') {
      chain.push('adaptiveMaxPool2d', { output_size: [height, width] });
    } else {
      chain.push('resizing', { height, width, interpolation: 'adaptive' });
    }
  }
});

const edges = (op: 'zeroPadding2d' | 'cropping2d', key: 'padding' | 'cropping'): Rule => ({
  spatial: true,
  expand(chain, node) {
    const along = numbersOf(node.attributes, key, [1]);
    const value = is1d(node)
      ? [
          [0, 0],
          [along[0], along[1] ?? along[0]]
        ]
      : edgesOf(node.attributes, key);
    chain.push(op, { [key]: value });
  }
});

const dotted: Rule = {
  expand(chain, { attributes }) {
    const [first, second] = numbersOf(attributes, 'axes', [-1]);
    const inputs = chain.own();
    const axes = [first, second ?? first];
    const units =
      attributes.normalize === true
        ? inputs.map((input, i) =>
            chain.push('unitNormalization', { axis: axes[i], smallest_square: attributes.smallest_square }, {}, [input])
          )
        : inputs;
    chain.push('dot', { axes }, {}, units);
  }
};

/** A cell over the steps; its activations are part of it. */
const recurrent = (cellOf: (attributes: Attributes) => string): Rule => ({
  expand: (chain, { attributes, weights }) =>
    chain.push(
      'recurrent',
      {
        ...attributes,
        cell: cellOf(attributes),
        activation: activationOf(attributes.activation, attributes),
        recurrent_activation: activationOf(attributes.recurrent_activation, attributes)
      },
      weights
    )
});

function mergedWays(mode: unknown): [OpName, Attributes] {
  const op = { concat: 'concatenate', sum: 'add', mul: 'multiply', ave: 'average' } as const;
  return [op[mode as keyof typeof op] ?? 'identity', { axis: -1 }];
}

export const layerRules: Readonly<Record<string, Rule>> = {
  ...operatorRules,
  ...volumeRules,
  Conv1D: convolution,
  Conv2D: convolution,
  Conv1DTranspose: transposed,
  Conv2DTranspose: transposed,
  DepthwiseConv1D: depthwise,
  DepthwiseConv2D: depthwise,
  SeparableConv1D: separable,
  SeparableConv2D: separable,
  LocallyConnected1D: locallyConnected,
  LocallyConnected2D: locallyConnected,
  STFTSpectrogram: spectrogram,
  Dense: { activated: true, expand: (chain, node) => chain.push('dense', {}, node.weights) },

  BatchNormalization: {
    expand: (chain, node) =>
      chain.push('scaleShift', { axis: numbersOf(node.attributes, 'axis', [-1])[0] }, scaleShiftWeights(node))
  },
  LayerNormalization: plain('layerNormalization'),
  Normalization: {
    expand(chain, node) {
      const axes = numbersOf(node.attributes, 'axis', [-1]);
      const op = axes.length > 1 ? 'scaleShiftAlong' : 'scaleShift';
      chain.push(op, { axis: axes.length > 1 ? axes : (axes[0] ?? -1) }, normalizationWeights(node));
    }
  },
  Rescaling: plain('rescaling'),
  GroupNormalization: {
    expand(chain, node) {
      const rank = node.outputShape.length;
      const axis = axisOf(numbersOf(node.attributes, 'axis', [-1])[0], rank);
      const others = Array.from({ length: rank }, (_, i) => i).filter(i => i !== axis);
      const order = [...others, axis];
      const isLast = axis === rank - 1;
      if (!isLast) {
        chain.push('transpose', { order });
      }
      chain.push('groupNormalization', node.attributes, node.weights);
      if (!isLast) {
        chain.push('transpose', { order: inverseOrder(order) });
      }
    }
  },
  UnitNormalization: plain('unitNormalization'),
  RMSNormalization: plain('rmsNormalization'),
  LayerScale: plain('layerScale'),
  CustomScaleLayer: plain('addScaled'),

  Activation: { activated: true, expand: () => undefined },
  ReLU: { expand: (chain, node) => chain.activate(reluOf(node.attributes)) },
  LeakyReLU: {
    expand: (chain, node) =>
      chain.activate({
        activation: 'leaky_relu',
        negative_slope: numberOf(node.attributes, 'negative_slope', numberOf(node.attributes, 'alpha', 0.3))
      })
  },
  ELU: { expand: (chain, node) => chain.activate({ activation: 'elu', alpha: numberOf(node.attributes, 'alpha', 1) }) },
  ThresholdedReLU: {
    expand: (chain, node) =>
      chain.activate({
        activation: 'relu_general',
        threshold: numberOf(node.attributes, 'theta', 1),
        negative_slope: 0
      })
  },
  Softmax: {
    expand: (chain, node) => chain.activate({ activation: 'softmax', axis: node.attributes.axis ?? -1 })
  },
  PReLU: plain('prelu'),

  MaxPooling1D: pooling('maxPool2d'),
  MaxPooling2D: pooling('maxPool2d'),
  AveragePooling1D: pooling('averagePool2d'),
  AveragePooling2D: pooling('averagePool2d'),
  AdaptiveAveragePooling1D: adaptivePooling('average'),
  AdaptiveAveragePooling2D: adaptivePooling('average'),
  AdaptiveMaxPooling1D: adaptivePooling('max'),
  AdaptiveMaxPooling2D: adaptivePooling('max'),
  GlobalAveragePooling1D: overall('globalAverage', 1),
  GlobalAveragePooling2D: overall('globalAverage', 2),
  GlobalMaxPooling1D: overall('globalMax', 1),
  GlobalMaxPooling2D: overall('globalMax', 2),

  Add: merging('add'),
  Subtract: merging('subtract'),
  Multiply: merging('multiply'),
  Average: merging('average'),
  Maximum: merging('maximum'),
  Minimum: merging('minimum'),
  Concatenate: plain('concatenate'),
  Masking: {
    expand(chain, { attributes, outputShape }) {
      const [x] = chain.own();
      const other = { constant: numberOf(attributes, 'mask_value', 0) };
      const some = chain.push('binary', { function: 'not_equal' }, {}, [x, other]);
      const shown = chain.push('reduce', { kind: 'any', keepdims: true, axes: [outputShape.length - 1] }, {}, [some]);
      chain.push('multiply', {}, {}, [x, shown]);
    }
  },
  Bidirectional: { expand: (chain, node) => chain.push(...mergedWays(node.attributes.merge_mode)) },
  SimpleRNN: recurrent(() => 'simple'),
  LSTM: recurrent(() => 'lstm'),
  GRU: recurrent(attributes => (attributes.reset_after === false ? 'gru' : 'gruResetAfter')),
  ConvLSTM1D: convLstm(1),
  ConvLSTM2D: convLstm(2),
  ConvLSTM3D: convLstm(3),

  MultiHeadAttention: plain('multiHeadAttention'),
  GroupQueryAttention: {
    expand: (chain, node) =>
      chain.push(
        'multiHeadAttention',
        { ...node.attributes, key_dim: node.attributes.head_dim },
        withRepeatedHeads(node)
      )
  },
  Attention: plain('scoredAttention'),
  AdditiveAttention: {
    expand: (chain, node) => chain.push('scoredAttention', { ...node.attributes, score_mode: 'additive' }, node.weights)
  },
  ReversibleEmbedding: {
    expand(chain, { attributes, weights, outputShape }) {
      if (attributes.reverse !== true) {
        chain.push('embedding', attributes, { embeddings: weights.embeddings });
      } else if (attributes.tie_weights === false) {
        chain.push('dense', {}, { kernel: weights.reverse_embeddings });
      } else {
        const axes = 'abcdef'.slice(0, outputShape.length - 1);
        chain.push('einsumDense', { equation: `${axes}y,zy->${axes}z` }, { kernel: weights.embeddings });
      }
      const cap = numberOf(attributes, 'logit_soft_cap', 0);
      if (attributes.reverse === true && cap > 0) {
        const shares = chain.push('rescaling', { scale: 1 / cap, offset: 0 });
        const bounded = chain.push('activation', { ...activationOf('tanh', {}) }, {}, [shares]);
        chain.push('rescaling', { scale: cap, offset: 0 }, {}, [bounded]);
      }
    }
  },
  EinsumDense: plainActivated('einsumDense'),
  Dot: dotted,
  Embedding: plain('embedding'),
  Constant: plain('constant'),
  Flatten: {
    expand(chain, node) {
      // Keras flattens what has its channels first channels last.
      const rank = numberOf(node.attributes, 'input_rank', 0);
      if (node.attributes.data_format === 'channels_first' && rank > 2) {
        chain.push('transpose', { order: [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1] });
      }
      chain.push('flatten');
    }
  },
  Reshape: plain('reshape'),
  Permute: {
    expand: (chain, node) => chain.push('transpose', { order: [0, ...numbersOf(node.attributes, 'dims', [])] })
  },
  RepeatVector: plain('repeatVector'),
  ZeroPadding1D: edges('zeroPadding2d', 'padding'),
  ZeroPadding2D: edges('zeroPadding2d', 'padding'),
  Cropping1D: edges('cropping2d', 'cropping'),
  Cropping2D: edges('cropping2d', 'cropping'),
  UpSampling1D: {
    spatial: true,
    expand: (chain, node) => chain.push('upSampling2d', { size: [1, numbersOf(node.attributes, 'size', [2])[0]] })
  },
  UpSampling2D: { spatial: true, expand: (chain, node) => chain.push('upSampling2d', node.attributes) },
  Resizing: {
    spatial: true,
    expand: (chain, node) => chain.push('resizing', { interpolation: 'bilinear', ...node.attributes })
  },
  ...Object.fromEntries(Object.keys(ENCODING).map(name => [name, composed])),
  CenterCrop: { spatial: true, expand: (chain, node) => chain.push('centerCrop', node.attributes) },

  ...Object.fromEntries(
    Object.keys(LAYER_CLASSES)
      .filter(isIdentity)
      .map(name => [name, nothing])
  )
};
