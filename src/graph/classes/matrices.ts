/** Linear algebra of the square matrices of the last two axes. */
import { message, MessageError } from '../../messages/message';
import type { LayerClass, LayerClasses, ShapeRule } from './layer-class';
import { spellShape } from './shapes';

/** Larger ones would hold the engine for seconds. */
const MOST = 256;

const square: ShapeRule = ([input]) => {
  const [height, width] = input.slice(-2);
  if (input.length < 3 || height === null || height !== width || height > MOST) {
    throw new MessageError(message('works on square matrices of at most %1 rows, not on %2', MOST, spellShape(input)));
  }
  return input;
};

const ofMatrices = (outputShape: ShapeRule): LayerClass => ({ family: 'other', outputShape, moves: () => true });

export const MATRICES: LayerClasses = {
  'op:inverse': ofMatrices(square),
  'op:cholesky': ofMatrices(square),
  'op:determinant': ofMatrices(inputs => square(inputs, {}).slice(0, -2))
};
