import { message, MessageError } from '../../messages/message';
import { numbersOf } from '../attributes';
import { adaptiveField, windowField } from './fields';
import { DATA_FORMAT, flag, type LayerClass, type LayerClasses, numbers, PADDING } from './layer-class';
import { at, needsAxes, overSpace, windowed } from './shapes';

const pooling = (axes: 1 | 2 | 3): LayerClass => ({
  family: 'pooling',
  arguments: { pool_size: numbers(2), strides: numbers(null), padding: PADDING, data_format: DATA_FORMAT },
  outputShape: windowed(axes, 'pool_size'),
  follows: true,
  field: windowField('pool_size')
});

/** To a size that is given. */
const adaptive = (axes: 1 | 2 | 3): LayerClass => ({
  family: 'pooling',
  arguments: { output_size: numbers(), data_format: DATA_FORMAT },
  outputShape: overSpace(axes, (_size, i, a) => {
    const to = at(numbersOf(a, 'output_size', []), i);
    if (to === undefined) {
      throw new MessageError(message('has no %1', 'output_size'));
    }
    return to;
  }),
  field: adaptiveField,
  follows: true
});

/** Every axis between the batch and the channels becomes 1 (keepdims) or goes. */
const overall = (axes: 1 | 2 | 3): LayerClass => ({
  family: 'pooling',
  arguments: { data_format: DATA_FORMAT, keepdims: flag(false) },
  outputShape: ([input], a) => {
    needsAxes(axes, input);
    const first = a.data_format === 'channels_first';
    const channels = first ? input[1] : input[input.length - 1];
    if (a.keepdims !== true) {
      return [input[0], channels];
    }
    const ones = input.slice(2).map(() => 1);
    return first ? [input[0], channels, ...ones] : [input[0], ...ones, channels];
  },
  ...(axes === 1 ? {} : { follows: true })
});

export const POOLING: LayerClasses = {
  MaxPooling1D: pooling(1),
  MaxPooling2D: pooling(2),
  MaxPooling3D: pooling(3),
  AveragePooling1D: pooling(1),
  AveragePooling2D: pooling(2),
  AveragePooling3D: pooling(3),
  AdaptiveAveragePooling1D: adaptive(1),
  AdaptiveAveragePooling2D: adaptive(2),
  AdaptiveAveragePooling3D: adaptive(3),
  AdaptiveMaxPooling1D: adaptive(1),
  AdaptiveMaxPooling2D: adaptive(2),
  AdaptiveMaxPooling3D: adaptive(3),
  GlobalAveragePooling1D: overall(1),
  GlobalAveragePooling2D: overall(2),
  GlobalAveragePooling3D: overall(3),
  GlobalMaxPooling1D: overall(1),
  GlobalMaxPooling2D: overall(2),
  GlobalMaxPooling3D: overall(3)
};
