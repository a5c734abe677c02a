/** Layers that are made of operators once the shape of their input is known. */
import { isComposed } from '../../../graph/classes/encoding';
import type { Attributes, NodeInput, Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { Grow, MakeConstant, Operation, Term } from '../nodes/operation';
import {
  add,
  apply,
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

const range = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i);

/** Whole numbers as marks: Keras' `encode_categorical_inputs`. */
function encoded(
  x: NodeInput | Operation,
  shape: readonly (number | null)[],
  mode: string,
  depth: number,
  constant: MakeConstant
): Operation {
  const classes = constant({ shape: [depth], values: range(depth) });
  const marked = (of: Term): Operation => binary('equal', expandDims(apply('trunc', of), -1), classes);
  if (mode === 'one_hot') {
    const isSingle = shape.length > 1 && shape[shape.length - 1] === 1;
    return marked(isSingle ? { op: 'op:squeeze', attributes: { axis: [-1] }, inputs: [x] } : x);
  }
  return reduce(mode === 'count' ? 'sum' : 'max', marked(x), [1], false);
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

/** Words of a vocabulary of whole numbers as their places in it, or the other way round. */
function lookedUp(x: NodeInput, shape: Shape, attributes: Attributes, constant: MakeConstant): ReturnType<Grow> {
  const { vocabulary, mask_token: mask, num_oov_indices: others, output_mode: mode, invert } = attributes;
  if (!Array.isArray(vocabulary) || vocabulary.length === 0 || !vocabulary.every(word => typeof word === 'number')) {
    return message('has a vocabulary that is not in its configuration: give it as vocabulary=, where adapt() found it');
  }
  if (others !== 1) {
    return message('finds places of words that are not in its vocabulary in a way that GradLens does not know');
  }
  // A vocabulary may have the marks of what is masked or unknown in front, and then they are no words.
  const marked = [...(typeof mask === 'number' && mode === 'int' ? [mask] : []), Number(attributes.oov_token)];
  const first = marked.length;
  const words = vocabulary.slice(marked.every((mark, i) => vocabulary[i] === mark) ? first : 0) as number[];
  const places = words.map((_, i) => i + first);
  const [from, to] = invert === true ? [places, words] : [words, places];
  const [known, values] = [from, to].map(of => constant({ shape: [of.length], values: Float32Array.from(of) }));
  const whole = apply('trunc', x);
  const marks = binary('equal', expandDims(whole, -1), known);
  const found = reduce('sum', multiply(marks, values), [-1], false);
  const unknown = invert === true ? Number(attributes.oov_token) : first - 1;
  const masked = invert === true ? 0 : Number(mask);
  const otherwise =
    first === 2 ? where(binary('equal', whole, masked), invert === true ? Number(mask) : 0, unknown) : unknown;
  const made = where(reduce('any', marks, [-1], false), found, otherwise);
  if (mode === 'int' || mode === null || mode === undefined) {
    return made;
  }
  const most = attributes.pad_to_max_tokens === true ? Number(attributes.max_tokens) : words.length + 1;
  return encoded(made, shape, String(mode), most, constant);
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
