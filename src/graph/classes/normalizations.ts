import { message, MessageError } from '../../messages/message';
import { axisOf, flatNumbers, numberOrNull, numbersOf } from '../attributes';
import type { Attributes, AttributeValue, Shape } from '../model-graph';
import {
  any,
  type Argument,
  type Arguments,
  channelsOf,
  flag,
  type LayerClass,
  type LayerClasses,
  list,
  number,
  numbers,
  only,
  pointwise
} from './layer-class';
import { needed, product, same } from './shapes';

const scaled: Arguments = { epsilon: number(), center: flag(true), scale: flag(true) };

const scaleAndCenter = (a: Attributes): string[] => [
  ...(a.scale === false ? [] : ['gamma']),
  ...(a.center === false ? [] : ['beta'])
];

/** Axes without a gap up to the last one: Keras lays `scale` along the last axes, whichever were meant. */
const areLastAxes = (value: AttributeValue, input: Shape): boolean => {
  const sorted = [value ?? -1]
    .flat()
    .map(Number)
    .sort((one, other) => one - other);
  const first = input.length - sorted.length;
  return first > 0 && sorted.every((axis, i) => axisOf(axis, input.length) === first + i);
};

/** The axis of the channels that are parted into groups. */
const groupedAxis = (a: Attributes, input: Shape): number => axisOf(Number([a.axis ?? -1].flat()[0]), input.length);

function groupShape([input]: Shape[], a: Attributes): Shape {
  const channels = input[groupedAxis(a, input)];
  const groups = needed(a, 'groups');
  if (channels !== null && groups !== -1 && channels % groups !== 0) {
    throw new MessageError(message('cannot part %1 channels into %2 groups', channels, groups));
  }
  return input;
}

/** The sizes of the axes that keep statistics of their own, in order. */
const keptSizes = (a: Attributes, input: Shape): Shape =>
  numbersOf(a, 'axis', [])
    .map(axis => axisOf(axis, input.length))
    .sort((one, other) => one - other)
    .map(axis => input[axis] ?? null);

/** Statistics in the config: one for all, or one for each place along the last of the axes that keep them. */
const fitKept = (value: AttributeValue, input: Shape, a: Attributes): boolean => {
  const count = flatNumbers(value)?.length ?? (value === null ? 1 : 0);
  const sizes = keptSizes(a, input);
  return count === 1 || sizes.some((_, i) => product(sizes.slice(i)) === count);
};

const statistic: Argument = { type: 'any', honours: fitKept };

const scaling = (own: Partial<LayerClass>): LayerClass => ({
  family: 'normalization',
  outputShape: same,
  field: pointwise,
  follows: true,
  ...own
});

export const NORMALIZATIONS: LayerClasses = {
  BatchNormalization: scaling({
    arguments: { axis: number(-1), ...scaled, fused: any, virtual_batch_size: only(null) },
    weights: a => [...scaleAndCenter(a), 'moving_mean', 'moving_variance'],
    weightShapes: (a, input): Record<string, Shape> => {
      // Of several axes, which is refused, nothing is said of the weights.
      if (Array.isArray(a.axis)) {
        return {};
      }
      const size = input[axisOf(Number(a.axis), input.length)] ?? null;
      return { gamma: [size], beta: [size], moving_mean: [size], moving_variance: [size] };
    }
  }),
  LayerNormalization: scaling({
    explained: 'tokens',
    arguments: { axis: numbers(-1), ...scaled, rms_scaling: only(false) },
    weights: scaleAndCenter,
    weightShapes: (a, input) => {
      const sizes = [a.axis ?? -1].flat().map(axis => input[axisOf(Number(axis), input.length)] ?? null);
      return { gamma: sizes, beta: sizes };
    }
  }),
  Normalization: scaling({
    arguments: {
      axis: numbers(-1),
      mean: statistic,
      variance: statistic,
      invert: flag(false),
      input_mean: any,
      input_variance: any
    },
    weights: a => (a.mean === null || a.mean === undefined ? ['mean', 'variance', 'count'] : []),
    weightShapes: (a, input) => ({ mean: keptSizes(a, input), variance: keptSizes(a, input) })
  }),
  GroupNormalization: {
    family: 'normalization',
    arguments: { groups: number(), axis: numbers(-1), ...scaled },
    weights: scaleAndCenter,
    weightShapes: (a, input) => {
      const size = input[groupedAxis(a, input)];
      return { gamma: [size], beta: [size] };
    },
    outputShape: groupShape,
    follows: true
  },
  UnitNormalization: {
    family: 'normalization',
    // `smallest_square`: of a length, by the dialect (formats/keras/flatten/attributes).
    arguments: { axis: numbers(-1), smallest_square: number() },
    outputShape: same
  },
  RMSNormalization: {
    family: 'normalization',
    arguments: { axis: { type: 'number or list', honours: areLastAxes }, epsilon: number(), scale: flag(true) },
    weights: () => ['scale'],
    weightShapes: (a, input) => ({ scale: input.slice(-numbersOf(a, 'axis', [-1]).length) }),
    outputShape: same
  },
  Rescaling: scaling({ arguments: { scale: numbers(), offset: numbers(0) } }),
  LayerScale: scaling({
    arguments: { init_values: any, projection_dim: any },
    weights: () => ['gamma'],
    weightShapes: (a, input) => ({ gamma: [channelsOf(a, input)] })
  }),
  // InceptionResNetV2's: adds its second input, scaled, to its first.
  CustomScaleLayer: {
    family: 'merge',
    explained: 'always',
    arguments: { scale: number() },
    outputShape: same,
    field: pointwise
  },
  Embedding: {
    family: 'attention',
    arguments: { input_dim: number(), output_dim: number(), mask_zero: flag(false), input_length: any, sparse: any },
    weights: () => ['embeddings'],
    weightShapes: a => ({ embeddings: [null, numberOrNull(a, 'output_dim')] }),
    outputShape: ([input], a) => [...input, needed(a, 'output_dim')]
  },
  // Called in reverse it gives scores of the words, by the same weights or others.
  ReversibleEmbedding: {
    family: 'attention',
    arguments: {
      input_dim: number(),
      output_dim: number(),
      tie_weights: flag(true),
      mask_zero: flag(false),
      reverse_dtype: only(null, 'float32'),
      logit_soft_cap: number(null),
      reverse: flag(false)
    },
    weights: a => (a.tie_weights === false ? ['embeddings', 'reverse_embeddings'] : ['embeddings']),
    weightShapes: a => ({ embeddings: [numberOrNull(a, 'input_dim'), numberOrNull(a, 'output_dim')] }),
    outputShape: ([input], a) =>
      a.reverse === true ? [...input.slice(0, -1), needed(a, 'input_dim')] : [...input, needed(a, 'output_dim')]
  },
  Constant: { family: 'other', arguments: { value: list }, outputShape: same }
};
