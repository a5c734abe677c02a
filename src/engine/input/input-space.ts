/** The input that methods of input space explain, seen as pictures (height, width, channels). */
import type { MapSize } from '../../explain/method';
import { sizeOf } from '../../explain/registry';
import type { ModelGraph } from '../../graph/model-graph';
import { message } from '../../messages/message';
import type { ValueId } from '../plan/step';
import type { Shapes } from '../plan/step';
import { RefusalError } from '../protocol/errors';
import { isChannelsFirst } from './channels-first';

export interface ExplainedInput {
  node: ValueId;
  samples: number;
  /** Sequences (n, w, c) are one row; vectors (n, w) one row of one channel. */
  size: MapSize;
  channelsFirst: boolean;
  /** As the model takes it. */
  shape: number[];
}

/** The first input that is a picture, or else a volume, or else a sequence, or else any. */
export function explainedNode({ inputs }: ModelGraph, shapes: Shapes): ValueId {
  const ofRank = (rank: number) => inputs.find(({ node }) => shapes.get(node)?.length === rank);
  return (ofRank(4) ?? ofRank(5) ?? ofRank(3) ?? inputs[0]).node;
}

/**
 * The input, and the way it is seen.
 *
 * @throws RefusalError if it has more axes than a volume
 */
export function explainedInput(graph: ModelGraph, shapes: Shapes): ExplainedInput {
  const node = explainedNode(graph, shapes);
  const shape = shapes.get(node) ?? [];
  if (shape.length > 5) {
    throw new RefusalError(
      message(
        'The input has the shape (%1), which is more than a volume (slices, height, width, channels), so neither a map of it nor Score-CAM can be made. Choose Grad-CAM at a layer.',
        ['n', ...shape.slice(1)].join(', ')
      )
    );
  }
  const channelsFirst = shape.length >= 4 && isChannelsFirst(shape);
  const [samples, ...axes] = shape;
  const last = channelsFirst ? [samples, ...axes.slice(1), axes[0]] : shape;
  const size = shape.length > 2 ? sizeOf(last) : { height: 1, width: axes[0] ?? 1, channels: 1 };
  return { node, samples, size, channelsFirst, shape };
}

/** How values are seen as pictures. */
type Seen = Pick<ExplainedInput, 'size' | 'channelsFirst'>;

/** Values as pictures with their channels last. */
export function toPictures(data: Float32Array, { channelsFirst, size }: Seen): Float32Array {
  return channelsFirst ? swapped(data, size.channels, size.height * size.width) : data;
}

/** Pictures with their channels last as the model takes them. */
export function fromPictures(pictures: Float32Array, { channelsFirst, size }: Seen): Float32Array {
  return channelsFirst ? swapped(pictures, size.height * size.width, size.channels) : pictures;
}

/** (n, rows, columns) to (n, columns, rows). */
function swapped(data: Float32Array, rows: number, columns: number): Float32Array {
  const length = rows * columns;
  return Float32Array.from(data, (_, i) => {
    const [sample, at] = [Math.floor(i / length), i % length];
    return data[sample * length + (at % rows) * columns + Math.floor(at / rows)];
  });
}
