/** Linear algebra of the matrices of the last two axes. */
import { message, MessageError } from '../../messages/message';
import type { Shape } from '../model-graph';
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

/** Of any matrices, of which there are factors. */
const MOST_OF_FACTORS = 64;

function sizesOf(input: Shape): [rows: number, columns: number] {
  const [rows, columns] = input.slice(-2);
  if (input.length < 3 || !rows || !columns || Math.max(rows, columns) > MOST_OF_FACTORS) {
    throw new MessageError(
      message('works on matrices of at most %1 rows and columns, not on %2', MOST_OF_FACTORS, spellShape(input))
    );
  }
  return [rows, columns];
}

const factored: ShapeRule = ([input], a) => {
  const [rows, columns] = sizesOf(input);
  if (a.mode === 'complete' && rows > columns) {
    throw new MessageError(
      message('gives all of a factor, of which TensorFlow has no gradient: take the mode reduced')
    );
  }
  const least = Math.min(rows, columns);
  return [...input.slice(0, -2), ...(a.gives === 'q' ? [rows, least] : [least, columns])];
};

const ofMatrices = (outputShape: ShapeRule): LayerClass => ({ family: 'other', outputShape, moves: () => true });

export const MATRICES: LayerClasses = {
  'op:inverse': ofMatrices(square),
  'op:qr': ofMatrices(factored),
  'op:pseudo_inverse': ofMatrices(([input]) => [...input.slice(0, -2), ...sizesOf(input).reverse()]),
  'op:matrix_rank': ofMatrices(([input]) => {
    sizesOf(input);
    return input.slice(0, -2);
  }),
  'op:eigenvalues': ofMatrices(inputs => {
    sizesOf(inputs[0]);
    return square(inputs, {}).slice(0, -1);
  }),
  'op:singular_values': ofMatrices(([input]) => [...input.slice(0, -2), Math.min(...sizesOf(input))]),
  'op:cholesky': ofMatrices(square),
  'op:determinant': ofMatrices(inputs => square(inputs, {}).slice(0, -2))
};
