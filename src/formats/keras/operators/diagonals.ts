/** Operators on the diagonals of matrices. */
import { message } from '../../../messages/message';
import { band, moveAxes, reduce, subtract } from '../nodes/terms';
import { named, type Operation, type Operator, type Operators, type Term, unary } from './operator';

/** Keeps one side of a diagonal, `k` above the main one, and the diagonal itself. */
const triangle = (side: 'lower' | 'upper'): Operator => ({
  after: ['k'],
  make: unary((x, { k }) => {
    const above = k ?? 0;
    if (typeof above !== 'number') {
      return message('does not say at which diagonal it begins');
    }
    if (side === 'lower') {
      return above >= 0 ? band(x, -1, above) : subtract(x, band(x, -above - 1, -1));
    }
    return above <= 0 ? band(x, -above, -1) : subtract(x, band(x, -1, above - 1));
  })
});

const bandPart: Operator = {
  after: ['num_lower', 'num_upper'],
  make: unary((x, { num_lower: lower, num_upper: upper }) =>
    typeof lower === 'number' && typeof upper === 'number'
      ? band(x, lower, upper)
      : message('does not say how many diagonals it keeps')
  )
};

/** `make` takes the diagonal, of the last two axes in the order that the two named ones get. */
const ofDiagonal = (make: (diagonal: Operation) => Operation, usual: readonly [number, number]): Operator => ({
  after: ['offset', 'axis1', 'axis2'],
  reads: ['k'],
  make: unary((x, { offset, k, axis1 = usual[0], axis2 = usual[1] }) => {
    const above = offset ?? k ?? 0;
    if (typeof above !== 'number' || typeof axis1 !== 'number' || typeof axis2 !== 'number') {
      return message('does not say which diagonal it takes');
    }
    const turned: Term = axis1 === -2 && axis2 === -1 ? x : moveAxes(x, [axis1, axis2], [-2, -1]);
    return make({ op: 'op:diagonal', attributes: { offset: above }, inputs: [turned] });
  })
});

const itself = (diagonal: Operation): Operation => diagonal;
const sum = (diagonal: Operation): Operation => reduce('sum', diagonal, [-1], false);

export const DIAGONALS: Operators = {
  tril: triangle('lower'),
  triu: triangle('upper'),
  band_part: bandPart,
  diagonal: ofDiagonal(itself, [0, 1]),
  trace: ofDiagonal(sum, [0, 1]),
  'linalg.trace': ofDiagonal(sum, [-2, -1]),
  // Not compat.v1.diag_part, which is of tensors.
  ...named(['linalg.diag_part', 'matrix_diag_part'], {
    ...ofDiagonal(itself, [-2, -1]),
    after: ['name', 'k'],
    reads: ['k']
  })
};
