/** Operators of keras.ops and of TensorFlow that are no layers: functions of each value, reductions, moves of axes. */
import { message, MessageError } from '../../messages/message';
import { axisOf, numbersOf } from '../attributes';
import type { Shape } from '../model-graph';
import { gatheredField, reducedField, spreadField } from './fields';
import { type LayerClass, type LayerClasses, pointwise, type ShapeRule, times } from './layer-class';
import { needed, needsAxes, same, spellShape, withOnes } from './shapes';

/**
 * The axes as counted from the front, in order. Throws MessageError where the batch is among them or one is not there.
 */
export function axesWithin(axes: readonly number[], rank: number, input: Shape): number[] {
  const found = axes.map(axis => axisOf(axis, rank)).sort((a, b) => a - b);
  if (found.includes(0)) {
    throw new MessageError(message('works along the axis of samples, which GradLens cannot run'));
  }
  if (found.some(axis => !Number.isInteger(axis) || axis < 0 || axis >= rank) || new Set(found).size < found.length) {
    throw new MessageError(
      message('works along axes %1, but its input has the shape %2', axes.join(), spellShape(input))
    );
  }
  return found;
}

export const reduced: ShapeRule = ([input], a) => {
  const axes = axesWithin(numbersOf(a, 'axis', []), input.length, input);
  return a.keepdims === true
    ? input.map((size, i) => (axes.includes(i) ? 1 : size))
    : input.filter((_, i) => !axes.includes(i));
};

const cumulated: ShapeRule = ([input], a) => {
  axesWithin(numbersOf(a, 'axis', []), input.length, input);
  return input;
};

const expanded: ShapeRule = ([input], a) =>
  withOnes(input, axesWithin(numbersOf(a, 'axis', []), input.length + 1, input));

const squeezed: ShapeRule = ([input], a) => {
  const axes = axesWithin(numbersOf(a, 'axis', []), input.length, input);
  if (axes.some(axis => input[axis] !== 1)) {
    throw new MessageError(message('takes out axes of a size over 1 from the shape %1', spellShape(input)));
  }
  return input.filter((_, i) => !axes.includes(i));
};

/** The order of all axes, the batch first, that an operator moves them into. */
export function movedOrder(from: readonly number[], to: readonly number[], rank: number): number[] {
  const [sources, targets] = [from, to].map(axes => axes.map(axis => axisOf(axis, rank)));
  const order = Array.from({ length: rank }, (_, i) => i).filter(axis => !sources.includes(axis));
  targets
    .map((target, i): [number, number] => [target, sources[i]])
    .sort(([a], [b]) => a - b)
    .forEach(([target, source]) => order.splice(target, 0, source));
  return order;
}

const moved: ShapeRule = ([input], a) => {
  const [source, destination] = [numbersOf(a, 'source', []), numbersOf(a, 'destination', [])];
  axesWithin(source, input.length, input);
  axesWithin(destination, input.length, input);
  return movedOrder(source, destination, input.length).map(axis => input[axis]);
};

const flipped: ShapeRule = ([input], a) => {
  if (axesWithin(numbersOf(a, 'axis', []), input.length, input).some(axis => input[axis] === null)) {
    throw new MessageError(message('turns round an axis whose size is not known, which GradLens cannot run'));
  }
  return input;
};

/** Pictures whose channels become blocks of cells (1), or blocks channels (-1). */
const blocked =
  (direction: 1 | -1): ShapeRule =>
  ([input], a) => {
    const block = needed(a, 'block_size');
    needsAxes(2, input);
    const [n, ...cells] = input;
    const channels = cells.pop() ?? null;
    const factor = block ** (2 * direction);
    const sizes = [...cells.map(size => times(size, block ** direction)), times(channels, 1 / factor)];
    if (sizes.some(size => size !== null && !Number.isInteger(size))) {
      throw new MessageError(message('cannot part %1 into blocks of %2', spellShape(input), block));
    }
    return [n, ...sizes];
  };

/** Counts the cells of a diagonal that is `offset` above the main one. */
export const diagonalLength = (height: number, width: number, offset: number): number =>
  Math.max(Math.min(height + Math.min(offset, 0), width - Math.max(offset, 0)), 0);

const diagonal: ShapeRule = ([input], a) => {
  const [height, width] = input.slice(-2);
  const offset = numbersOf(a, 'offset', [0])[0];
  if (input.length < 3 || height === null || width === null || diagonalLength(height, width, offset) === 0) {
    throw new MessageError(message('takes a diagonal that the shape %1 does not have', spellShape(input)));
  }
  return [...input.slice(0, -2), diagonalLength(height, width, offset)];
};

const pictured: ShapeRule = ([input]) => {
  needsAxes(2, input);
  return input;
};

/** Moves axes: where a value came from in the picture is no longer where it lies. */
const arranging = (outputShape: ShapeRule): LayerClass => ({ family: 'reshape', outputShape, moves: () => true });

export const OPERATORS: LayerClasses = {
  'op:function': { family: 'other', explained: 'always', outputShape: same, field: pointwise, follows: true },
  'op:hashed': { family: 'other', outputShape: same },
  'op:equalized_tiles': { family: 'normalization', outputShape: pictured, follows: true },
  'op:band': { family: 'other', outputShape: same },
  'op:diagonal': { family: 'other', outputShape: diagonal, moves: () => true },
  'op:local_response': {
    family: 'normalization',
    explained: 'always',
    outputShape: same,
    field: pointwise,
    follows: true
  },
  'op:cumprod': { family: 'other', explained: 'always', outputShape: cumulated },
  'op:cumsum': { family: 'other', explained: 'always', outputShape: cumulated },
  'op:reduce': {
    family: 'pooling',
    outputShape: reduced,
    field: reducedField,
    follows: true,
    moves: a => a.keepdims !== true
  },
  'op:projective': { family: 'other', outputShape: pictured, moves: () => true },
  'op:expand_dims': arranging(expanded),
  'op:squeeze': arranging(squeezed),
  'op:flip': arranging(flipped),
  'op:moveaxis': arranging(moved),
  'op:depth_to_space': { family: 'reshape', outputShape: blocked(1), field: spreadField },
  'op:space_to_depth': { family: 'reshape', outputShape: blocked(-1), field: gatheredField }
};
