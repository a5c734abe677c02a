/** Operators on values in their order along an axis. */
import { message, MessageError } from '../../messages/message';
import { numbersOf } from '../attributes';
import type { LayerClass, LayerClasses, ShapeRule } from './layer-class';
import { axesWithin, reduced } from './operators';
import { spellShape, withOnes } from './shapes';

const sorted: ShapeRule = ([input], a) => {
  const [axis] = axesWithin(numbersOf(a, 'axis', [-1]), input.length, input);
  const size = input[axis];
  const count = typeof a.count === 'number' ? a.count : size;
  if (count !== null && size !== null && count > size) {
    throw new MessageError(message('takes %1 values of each %2, from the shape %3', count, size, spellShape(input)));
  }
  return input.map((whole, i) => (i === axis ? count : whole));
};

/**
 * The indices' shape, each other axis spread to that of the
 * values; by attribute `shared` those behind the indices' own.
 */
const taken: ShapeRule = ([x, given], a) => {
  const isShared = a.shared === true && given.length === numbersOf(a, 'axis', [0])[0] + 1;
  const indices = isShared ? withOnes(given, x.map((_, axis) => axis).slice(given.length)) : given;
  const [axis] = axesWithin(numbersOf(a, 'axis', [-1]), x.length, x);
  const fits =
    indices.length === x.length &&
    indices.every((size, i) => i === axis || size === x[i] || size === 1 || x[i] === 1 || size === null);
  if (!fits) {
    throw new MessageError(message('cannot combine the shapes %1', [x, indices].map(spellShape).join(' and ')));
  }
  return x.map((size, i) => (i === axis || size === 1 ? indices[i] : size));
};

/** Cells of the output do not lie where those of the input do. */
const ordering: LayerClass = { family: 'other', outputShape: sorted, moves: () => true };

export const ORDERS: LayerClasses = {
  'op:sorted': ordering,
  'op:sorted_positions': ordering,
  'op:quantile': { family: 'pooling', outputShape: reduced, follows: true, moves: a => a.keepdims !== true },
  'op:take_along': { ...ordering, outputShape: taken }
};
