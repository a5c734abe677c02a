/** Values of a layer by row, column and channel, whichever way they lie. */
import type { GraphNode } from '../../../graph/model-graph';
import type { TensorData } from '../../protocol/protocol';
import type { InputPictures, Layout, Place } from '../../protocol/sums';

/** Values of the pictures of an input, all channels together, at most: 2 MB. */
const MOST_DRAWN = 2 ** 19;

export interface Space {
  layout: Layout;
  rows: number;
  columns: number;
  channels: number;
  /** Of the first sample. */
  valueAt(row: number, column: number, channel: number): number;
}

/** How a layer of pictures, or of signals, lays out what it reads and makes. */
export function layoutOf({ op, attributes }: GraphNode): Layout {
  const isFirst = attributes.data_format === 'channels_first';
  return op.includes('1D') ? (isFirst ? 'signal first' : 'signal last') : isFirst ? 'channels first' : 'channels last';
}

/** The place of an index that {@link indexOf} gives. */
export function placeOf(layout: Layout, at: readonly number[]): Place {
  switch (layout) {
    case 'channels last':
      return { row: at[0], column: at[1], channel: at[2] };
    case 'channels first':
      return { channel: at[0], row: at[1], column: at[2] };
    case 'signal last':
      return { row: 0, column: at[0], channel: at[1] };
    case 'signal first':
      return { row: 0, channel: at[0], column: at[1] };
    case 'features':
      return { row: 0, column: 0, channel: at[at.length - 1] };
  }
}

/** @param shape - With the batch axis. */
export function spaceOf({ shape, data }: TensorData, layout: Layout): Space {
  const sizes = placeOf(layout, shape.slice(1));
  const [rows, columns] = layout.startsWith('signal') ? [1, sizes.column] : [sizes.row, sizes.column];
  const { channels, strides } =
    layout === 'channels last'
      ? { channels: shape[3], strides: [shape[2] * shape[3], shape[3], 1] }
      : layout === 'channels first'
        ? { channels: shape[1], strides: [shape[3], 1, shape[2] * shape[3]] }
        : layout === 'signal last'
          ? { channels: shape[2], strides: [0, shape[2], 1] }
          : { channels: shape[1], strides: [0, 1, shape[2]] };
  return {
    layout,
    rows,
    columns,
    channels,
    valueAt: (row, column, channel) => data[row * strides[0] + column * strides[1] + channel * strides[2]]
  };
}

/** The value at an index without the batch axis, of the first sample. */
export function valueOf({ shape, data }: TensorData, at: readonly number[]): number {
  return data[at.reduce((offset, i, axis) => offset * shape[axis + 1] + i, 0)];
}

/** Pictures of channels, as large as the budget allows; null where there is only one cell. */
export function picturesOf(space: Space, channels: ArrayLike<number>): InputPictures | null {
  const { rows, columns } = space;
  const cells = rows * columns;
  if (cells <= 1) {
    return null;
  }
  const step = Math.max(1, Math.ceil(Math.sqrt((cells * channels.length) / MOST_DRAWN)));
  const [height, width] = [Math.ceil(rows / step), Math.ceil(columns / step)];
  const planes = new Float32Array(channels.length * height * width);
  let to = 0;
  for (let i = 0; i < channels.length; i++) {
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        planes[to++] = space.valueAt(row, column, channels[i]);
      }
    }
  }
  return { rows, columns, step, planes };
}
