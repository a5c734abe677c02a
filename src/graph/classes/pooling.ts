import { DATA_FORMAT, flag, type LayerClass, type LayerClasses, numbers, PADDING } from './layer-class';
import { needsAxes, windowed, windowField } from './shapes';

const pooling = (axes: 1 | 2): LayerClass => ({
  family: 'pooling',
  arguments: { pool_size: numbers(2), strides: numbers(null), padding: PADDING, data_format: DATA_FORMAT },
  outputShape: windowed(axes, 'pool_size'),
  follows: true,
  ...(axes === 2 ? { field: windowField('pool_size') } : {})
});

/** Every axis between the batch and the channels becomes 1 (keepdims) or goes. */
const overall = (axes: 1 | 2): LayerClass => ({
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
  ...(axes === 2 ? { follows: true } : {})
});

export const POOLING: LayerClasses = {
  MaxPooling1D: pooling(1),
  MaxPooling2D: pooling(2),
  AveragePooling1D: pooling(1),
  AveragePooling2D: pooling(2),
  GlobalAveragePooling1D: overall(1),
  GlobalAveragePooling2D: overall(2),
  GlobalMaxPooling1D: overall(1),
  GlobalMaxPooling2D: overall(2)
};
