import { message, MessageError } from '../../messages/message';
import { numberOf, numberOrNull, numbersOf } from '../attributes';
import type { Attributes, Shape } from '../model-graph';
import { einsumLabels } from './einsum-labels';
import { transposedField, windowField } from './fields';
import {
  ACTIVATED,
  any,
  type Arguments,
  biasOf,
  channelsOf,
  DATA_FORMAT,
  flag,
  type LayerClass,
  type LayerClasses,
  number,
  numbers,
  only,
  PADDING,
  pointwise,
  type ShapeRule,
  times,
  words
} from './layer-class';
import { at, needed, overSpace, product, type Size, windowed } from './shapes';
import { transposedSize } from './window-sizes';

const CAUSAL = words('valid', 'same', 'causal');

const shared: Arguments = {
  kernel_size: numbers(),
  strides: numbers(1),
  padding: PADDING,
  data_format: DATA_FORMAT,
  dilation_rate: numbers(1),
  groups: only(1),
  ...ACTIVATED,
  use_bias: flag(true)
};
const filtering: Arguments = { ...shared, filters: number() };
const perChannel: Arguments = { ...shared, depth_multiplier: number(1) };

const filters = (_: Size, attributes: Attributes): Size => needed(attributes, 'filters');
const multiplier = (attributes: Attributes): number => numberOf(attributes, 'depth_multiplier', 1);
const kernelOf = (attributes: Attributes): number[] => numbersOf(attributes, 'kernel_size', []);
const filtersOf = (attributes: Attributes): Size => numberOrNull(attributes, 'filters');

/** One-dimensional signals, images, and volumes or videos. */
type Axes = 1 | 2 | 3;

/** Shared by all convolutions. */
const shownAs: Pick<LayerClass, 'family' | 'explained'> = { family: 'convolution', explained: 'always' };
const windowOf = windowField('kernel_size');

const convolution = (axes: Axes): LayerClass => ({
  ...shownAs,
  field: windowOf,
  arguments: { ...filtering, groups: number(1), ...(axes === 1 ? { padding: CAUSAL } : {}) },
  weights: a => ['kernel', ...biasOf(a)],
  weightShapes: (a, input) => ({
    kernel: [...kernelOf(a), times(channelsOf(a, input), 1 / numberOf(a, 'groups', 1)), filtersOf(a)],
    bias: [filtersOf(a)]
  }),
  outputShape: windowed(axes, 'kernel_size', filters)
});

const depthwise = (axes: 1 | 2): LayerClass => ({
  ...shownAs,
  field: windowOf,
  arguments: { ...perChannel, ...(axes === 1 ? { padding: CAUSAL } : {}) },
  weights: a => ['depthwise_kernel', ...biasOf(a)],
  weightShapes: (a, input) => ({
    depthwise_kernel: [...kernelOf(a), channelsOf(a, input), multiplier(a)],
    bias: [times(channelsOf(a, input), multiplier(a))]
  }),
  outputShape: windowed(axes, 'kernel_size', (count, a) => times(count, multiplier(a)))
});

const separable = (axes: 1 | 2): LayerClass => ({
  ...shownAs,
  field: windowOf,
  arguments: { ...perChannel, filters: number(), ...(axes === 1 ? { padding: CAUSAL } : {}) },
  weights: a => ['depthwise_kernel', 'pointwise_kernel', ...biasOf(a)],
  weightShapes: (a, input) => ({
    depthwise_kernel: [...kernelOf(a), channelsOf(a, input), multiplier(a)],
    pointwise_kernel: [...kernelOf(a).map(() => 1), times(channelsOf(a, input), multiplier(a)), filtersOf(a)],
    bias: [filtersOf(a)]
  }),
  outputShape: windowed(axes, 'kernel_size', filters)
});

const transposedShape = (axes: number) =>
  overSpace(
    axes,
    (size, i, a) => {
      const extra = a.output_padding ?? null;
      return transposedSize(
        size,
        at(numbersOf(a, 'kernel_size', [1]), i),
        at(numbersOf(a, 'strides', [1]), i),
        at(numbersOf(a, 'dilation_rate', [1]), i),
        String(a.padding ?? 'valid'),
        extra === null ? null : at([extra].flat().map(Number), i)
      );
    },
    filters
  );

const transposed = (axes: Axes): LayerClass => ({
  ...shownAs,
  field: transposedField,
  arguments: { ...filtering, output_padding: numbers(null) },
  weights: a => ['kernel', ...biasOf(a)],
  weightShapes: (a, input) => ({
    kernel: [...kernelOf(a), filtersOf(a), channelsOf(a, input)],
    bias: [filtersOf(a)]
  }),
  outputShape: transposedShape(axes)
});

/** Keras 2's, with a kernel for each place; only its first implementation stores them as such. */
const locallyConnected = (axes: 1 | 2): LayerClass => ({
  ...shownAs,
  field: windowOf,
  arguments: {
    filters: number(),
    kernel_size: numbers(),
    strides: numbers(1),
    padding: words('valid'),
    data_format: words('channels_last', null),
    implementation: only(1),
    ...ACTIVATED,
    use_bias: flag(true)
  },
  weights: a => ['kernel', ...biasOf(a)],
  weightShapes(a, input) {
    const sizes = windowed(axes, 'kernel_size', filters)([input], a).slice(1, -1);
    const window = kernelOf(a).reduce((cells, size) => cells * size, 1);
    return {
      kernel: [product(sizes), times(channelsOf(a, input), window), filtersOf(a)],
      bias: [...sizes, filtersOf(a)]
    };
  },
  outputShape: windowed(axes, 'kernel_size', filters)
});

/** Sizes from the input, and those of new axes from the end of `output_shape`. */
const einsumShape: ShapeRule = ([input], a) => {
  const labels = einsumLabels(String(a.equation), input.length);
  if (!labels) {
    throw new MessageError(message('has the equation %1, which GradLens cannot run', String(a.equation)));
  }
  const given = [a.output_shape ?? []].flat();
  const skipped = labels.named.length - given.length;
  return [...labels.output].map(label => {
    const at = labels.input.indexOf(label);
    const size = given[labels.named.indexOf(label) - skipped];
    return at >= 0 ? input[at] : typeof size === 'number' ? size : null;
  });
};

export const CONVOLUTIONS: LayerClasses = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Conv3DTranspose: transposed(3),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
  LocallyConnected1D: locallyConnected(1),
  LocallyConnected2D: locallyConnected(2),
  Dense: {
    family: 'dense',
    explained: 'tokens',
    arguments: { ...ACTIVATED, units: number(), use_bias: flag(true) },
    weights: a => ['kernel', ...biasOf(a)],
    weightShapes: (a, input): Record<string, Shape> => ({
      kernel: [input[input.length - 1], numberOrNull(a, 'units')],
      bias: [numberOrNull(a, 'units')]
    }),
    outputShape: ([input], a) => [...input.slice(0, -1), needed(a, 'units')],
    field: pointwise
  },
  EinsumDense: {
    family: 'dense',
    explained: 'tokens',
    arguments: {
      equation: { type: 'text' },
      output_shape: numbers(),
      bias_axes: { type: 'text' },
      activation: any,
      negative_slope: number(),
      slope: number()
    },
    weights: a => ['kernel', ...(a.bias_axes === null || a.bias_axes === undefined ? [] : ['bias'])],
    outputShape: einsumShape
  }
};
