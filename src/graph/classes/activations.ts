import { ACTIVATED, flag, type LayerClass, type LayerClasses, number, numbers, pointwise } from './layer-class';
import { same } from './shapes';

const activation = (own: Partial<LayerClass>): LayerClass => ({
  family: 'activation',
  explained: 'always',
  follows: true,
  outputShape: same,
  field: pointwise,
  ...own
});

export const ACTIVATIONS: LayerClasses = {
  Activation: activation({
    arguments: {
      ...ACTIVATED,
      approximate: flag()
    }
  }),
  ReLU: activation({ arguments: { max_value: number(null), negative_slope: number(0), threshold: number(0) } }),
  LeakyReLU: activation({ arguments: { negative_slope: number(0.3) } }),
  PReLU: activation({
    arguments: { shared_axes: { type: 'list', default: [] } },
    weights: () => ['alpha'],
    weightShapes: (a, input) => {
      const shared = [a.shared_axes ?? []].flat().map(Number);
      return { alpha: input.slice(1).map((size, i) => (shared.includes(i + 1) ? 1 : size)) };
    }
  }),
  ELU: activation({ arguments: { alpha: number(1) } }),
  ThresholdedReLU: activation({ arguments: { theta: number(1) } }),
  Softmax: activation({ arguments: { axis: numbers(-1) } })
};

/** Activation functions by name; `hard_sigmoid` with a `slope` is that of Keras 2. */
export const ACTIVATION_FUNCTIONS: ReadonlySet<string> = new Set([
  'linear',
  'relu',
  'relu6',
  'relu_general',
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
  'sparsemax',
  'tanh_shrink',
  'hard_shrink',
  'soft_shrink',
  'squareplus',
  'sparse_plus',
  'sparse_sigmoid'
]);
