/** Layers that are made of operators once the shape of their input is known. */
import { isComposed } from '../../../graph/classes/encoding';
import type { Attributes, NodeInput, Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { Grow, MakeConstant, Operation } from '../nodes/operation';
import {
  add,
  binary,
  divide,
  expandDims,
  maximum,
  minimum,
  moveAxes,
  multiply,
  reduce,
  subtract,
  where
} from '../nodes/terms';
import { encoded } from './encoded';
import { lookedUp } from './looked-up';
import { melSpectrogram } from './mel-spectrogram';

/** Makes the operations of a layer from its input, that one's shape, the layer's arguments and its further inputs. */
type Make = (
  x: NodeInput,
  shape: Shape,
  attributes: Attributes,
  constant: MakeConstant,
  others: readonly NodeInput[]
) => ReturnType<Grow>;

const MADE: Readonly<Record<string, Make>> = {
  AutoContrast: contrasted,
  CategoryEncoding: (x, shape, attributes, constant) =>
    encoded(x, shape, String(attributes.output_mode), Number(attributes.num_tokens), constant),
  ContrastLimitedAdaptiveHistogramEqualization: equalised,
  Discretization: discretised,
  HashedCrossing: crossed,
  Hashing: hashed,
  IntegerLookup: lookedUp,
  MelSpectrogram: melSpectrogram
};

/** What a layer of this class is made of; null for others. */
export function composition(op: string, attributes: Attributes): Grow | null {
  if (!isComposed(op)) {
    return null;
  }
  return ([x, ...others], [shape], constant) =>
    others.length > 0 && op !== 'HashedCrossing'
      ? message('is called with weights for what it counts')
      : MADE[op](x, shape, attributes, constant, others);
}

/** The number of the bin that each value falls into, or its marks. */
function discretised(
  x: NodeInput,
  shape: Shape,
  { bin_boundaries: given, output_mode: mode }: Attributes,
  constant: MakeConstant
): ReturnType<Grow> {
  const bounds = Array.isArray(given) ? given.map(Number) : [];
  if (bounds.length === 0) {
    return message('has not been adapted to data: its bins are not in the file');
  }
  const edges = constant({ shape: [bounds.length], values: Float32Array.from(bounds) });
  const bins = reduce('sum', binary('greater_equal', expandDims(x, -1), edges), [-1], false);
  return mode === 'int' || mode === null || mode === undefined
    ? bins
    : encoded(bins, shape, String(mode), bounds.length + 1, constant);
}

/** Counts over this are no whole numbers of float32 any more. */
const MOST_BINS = 2 ** 24;
const TOO_MANY = message('has more than 16,777,216 bins, which GradLens does not tell apart');

/** Whole numbers in bins by a hash of their digits, 0 for what is masked. */
function hashed(
  x: NodeInput,
  shape: Shape,
  { num_bins: all, mask_value: mask, salt, output_mode: mode }: Attributes,
  constant: MakeConstant
): ReturnType<Grow> {
  const isOne = mode === 'one_hot';
  if (Number(all) > MOST_BINS) {
    return TOO_MANY;
  }
  if (isOne && shape.length > 2 && shape.slice(-2).every(size => size === 1)) {
    return message('takes out two axes where it says one');
  }
  const key = Array.isArray(salt) ? salt : typeof salt === 'number' ? [salt, salt] : null;
  const isMasked = typeof mask === 'number' && Number(all) > 1;
  const bins: Operation = {
    op: 'op:hashed',
    attributes: { function: 'digits', bins: Number(all) - Number(isMasked), key },
    inputs: [x]
  };
  const made = isMasked ? where(binary('equal', x, mask), 0, add(bins, 1)) : bins;
  return mode === 'int' || mode === null || mode === undefined
    ? made
    : encoded(made, shape, String(mode), Number(all), constant);
}

/** Several columns of whole numbers together in bins by a hash. */
function crossed(
  x: NodeInput,
  shape: Shape,
  { num_bins: bins, output_mode: mode }: Attributes,
  constant: MakeConstant,
  others: readonly NodeInput[]
): ReturnType<Grow> {
  if (Number(bins) > MOST_BINS) {
    return TOO_MANY;
  }
  const inputs = [x, ...others];
  const made: Operation = { op: 'op:hashed', attributes: { function: 'cross', bins, key: null }, inputs };
  return mode === 'one_hot' ? encoded(made, shape, mode, Number(bins), constant) : made;
}

/** Pictures with their contrast evened out tile by tile. */
function equalised(x: NodeInput, shape: Shape, attributes: Attributes): ReturnType<Grow> {
  const { value_range: range, clip_limit: limit, tile_grid_size: tiles, data_format: format } = attributes;
  const [low, high] = (Array.isArray(range) ? range : [0, 255]).map(Number);
  if (shape.length !== 4) {
    return message('works on what is no picture');
  }
  const isFirst = format === 'channels_first';
  const made: Operation = {
    op: 'op:equalized_tiles',
    attributes: { low, high, limit: limit ?? 4, tiles: Array.isArray(tiles) ? tiles : [8, 8] },
    inputs: [isFirst ? moveAxes(x, [1], [-1]) : x]
  };
  return isFirst ? moveAxes(made, [-1], [1]) : made;
}

/** Each channel of each picture stretched over the range of values; one that is all alike stays. */
function contrasted(x: NodeInput, shape: Shape, { value_range: given }: Attributes): ReturnType<Grow> {
  const [low, high] = (Array.isArray(given) ? given : [0, 255]).map(Number);
  if (shape.length !== 4) {
    return message('works on what is no picture');
  }
  const isWhole = low === 0 && high === 255;
  const bright = isWhole ? x : multiply(divide(subtract(x, low), high - low), 255);
  const [least, most] = ['min', 'max'].map(kind => reduce(kind, bright, [1, 2], true));
  const scale = divide(255, subtract(most, least));
  const stretched = minimum(maximum(add(multiply(bright, scale), multiply(multiply(least, -1), scale)), 0), 255);
  const back = isWhole ? stretched : add(multiply(divide(stretched, 255), high - low), low);
  return where(binary('equal', least, most), x, back);
}
