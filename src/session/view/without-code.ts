import type { ViewState } from '../../state/view-state';
import { findLines, inputImports, inputLines, isKeras2, type KerasCell, layerCall, modelLines } from './keras-cell';
import { python } from './python-literal';

/**
 * The cell that gives the scores of an image by the model without some of its channels, with Keras alone.
 *
 * @param output - Index of the output that is explained.
 */
export function withoutCode(
  cell: KerasCell,
  { channelsOff, offBy }: Pick<ViewState, 'channelsOff' | 'offBy'>,
  output: number,
  outputs: number
): string {
  const old = isKeras2(cell);
  const [ops, mean, flatten] = old
    ? ['tf', 'tf.reduce_mean(y, positions, keepdims=True)', 'tf.nest']
    : ['keras.ops', 'keras.ops.mean(y, positions, keepdims=True)', 'keras.tree'];
  const layers = Object.keys(channelsOff);
  const scores = outputs > 1 ? `${flatten}.flatten(model(x))[${output}]` : 'model(x)';
  const asArray = (of: string): string => (old ? `${of}.numpy()[0]` : `keras.ops.convert_to_numpy(${of})[0]`);
  const other =
    offBy === 'mean'
      ? ['        positions = tuple(range(1, len(y.shape) - 1))', `        other = ${ops}.zeros_like(y) + ${mean}`]
      : [`        other = ${ops}.zeros_like(y)`];
  return [
    ...modelLines(cell, [...(old ? ['import tensorflow as tf'] : []), ...inputImports(cell)]),
    ...inputLines(cell),
    ...findLines(layers),
    '',
    '',
    'def switch_off(layer, channels):',
    `    """Put ${offBy === 'mean' ? 'their mean over all positions' : '0'} in place of channels, wherever the layer is read."""`,
    '    call = layer.call',
    '',
    '    def without(*args, **kwargs):',
    '        y = call(*args, **kwargs)',
    '        off = np.isin(np.arange(y.shape[-1]), channels)',
    ...other,
    `        return ${ops}.where(off, other, y)`,
    '',
    '    layer.call = without',
    '',
    '',
    `before = ${asArray(scores)}`,
    ...layers.map(layer => `switch_off(${layerCall(layer)}, ${python(channelsOff[layer])})`),
    `after = ${asArray(scores)}`,
    'print(before, after, after - before)',
    ''
  ].join('\n');
}
