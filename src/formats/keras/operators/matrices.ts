/** Linear algebra of square matrices, made of their inverses, determinants and Cholesky factors. */
import { message } from '../../../messages/message';
import { apply, band, expandDims, multiply, reduce, reshape, swap } from '../nodes/terms';
import { arrayOf, isTensor, named, type Operation, type Operator, type Operators, type Term, unary } from './operator';
import { shaped } from './shaped';

const of = (op: string, x: Term, attributes = {}): Operation => ({ op, attributes, inputs: [x] });

const product = (a: Term, b: Term): Operation => ({
  op: 'op:contract',
  attributes: { kind: 'matmul' },
  inputs: [a, b]
});

const determinant = (gives: string, x: Term): Operation => of('op:determinant', x, { gives });
const inverse = (x: Term): Operation => of('op:inverse', x);
const lower = (x: Term): Operation => band(x, -1, 0);
const upper = (x: Term): Operation => band(x, 0, -1);

/** The matrix, of which `part` alone is read, by which vectors or matrices are divided. */
const solving = (part: (a: Term, isLower: boolean) => Term): Operator => ({
  operands: ['a', 'b'],
  after: ['lower'],
  make: ([a, b], { lower: isLower }) =>
    isTensor(a) && isTensor(b)
      ? shaped([a, b], ({ inputs: [matrices, right], sizes: [outer, inner] }) => {
          const inverted = inverse(part(matrices, isLower === true));
          if (inner.length !== outer.length - 1) {
            return product(inverted, right);
          }
          const found = product(inverted, expandDims(right, -1));
          return { op: 'op:squeeze', attributes: { axis: [-1] }, inputs: [found] };
        })
      : message('divides by what is no tensor')
});

const cholesky: Operator = {
  reads: ['upper'],
  make: unary((x, { upper: isUpper }) => (isUpper === true ? swap(of('op:cholesky', x), -1, -2) : of('op:cholesky', x)))
};

/** Each value times all of an array, which has as many axes as the tensor, one of them for each sample. */
const kron: Operator = {
  operands: ['x1', 'x2'],
  make: ([a, b]) => {
    const array = b && 'value' in b ? arrayOf(b.value) : null;
    if (!isTensor(a) || !array) {
      return message('multiplies each sample by each other one: give it an array to multiply by');
    }
    return shaped([a], ({ inputs, sizes: [sizes], constant }) => {
      const rank = sizes.length + 1;
      const blocks = [...Array<number>(Math.max(rank - array.shape.length, 0)).fill(1), ...array.shape];
      if (blocks.length !== rank || blocks[0] !== 1) {
        return message('multiplies by an array of other axes than its input');
      }
      const own = reshape(
        inputs[0],
        sizes.flatMap(size => [size, 1])
      );
      const others = constant({ shape: [1, ...blocks.slice(1).flatMap(size => [1, size])], values: array.values });
      return reshape(
        multiply(own, others),
        sizes.map((size, i) => size * blocks[i + 1])
      );
    });
  }
};

export const MATRICES: Operators = {
  ...named(['inv', 'matrix_inverse', 'linalg.inv'], { make: unary(inverse) }),
  det: { make: unary(x => determinant('value', x)) },
  slogdet: { make: unary(x => [determinant('sign', x), determinant('logarithm', x)]) },
  // Of a positive definite matrix, as TensorFlow has it.
  logdet: {
    make: unary(x => {
      const diagonal: Operation = { op: 'op:diagonal', attributes: { offset: 0 }, inputs: [of('op:cholesky', x)] };
      return multiply(reduce('sum', apply('log', diagonal), [-1], false), 2);
    })
  },
  solve: solving(a => a),
  solve_triangular: solving((a, isLower) => (isLower ? lower(a) : upper(a))),
  cholesky,
  kron,
  qr: {
    after: ['mode'],
    make: unary((x, { mode }) => ['q', 'r'].map(gives => of('op:qr', x, { gives, mode: mode ?? 'reduced' })))
  },
  pinv: {
    after: ['rcond'],
    make: unary((x, { rcond }) => of('op:pseudo_inverse', x, { share: rcond ?? null }))
  },
  matrix_rank: {
    after: ['tol'],
    make: unary((x, { tol }) => of('op:matrix_rank', x, { above: tol ?? null }))
  },
  // Vectors have signs, and where values are alike directions, that each library chooses.
  ...named(['eigh', 'eigvalsh'], {
    make: (operands, options, constant, outputs) =>
      outputs > 1
        ? message('gives eigenvectors, of which each library chooses the signs: its eigenvalues alone run here')
        : unary(x => of('op:eigenvalues', lower(x)))(operands, options, constant, outputs)
  }),
  svd: {
    after: ['full_matrices', 'compute_uv'],
    make: unary((x, { compute_uv: hasVectors }) =>
      hasVectors === false
        ? of('op:singular_values', x)
        : message('gives singular vectors, of which each library chooses the signs: say compute_uv=False')
    )
  },
  // TensorFlow's own has the values first.
  'linalg.svd': {
    after: ['full_matrices', 'compute_uv'],
    make: (operands, options, constant, outputs) =>
      outputs > 1
        ? message('gives singular vectors, of which each library chooses the signs: say compute_uv=False')
        : unary(x => of('op:singular_values', x))(operands, options, constant, outputs)
  },
  // Of the matrix whose Cholesky factor is given.
  cholesky_inverse: {
    reads: ['upper'],
    make: unary((x, { upper: isUpper }) => {
      const factor = inverse(isUpper === true ? upper(x) : lower(x));
      return isUpper === true ? product(factor, swap(factor, -1, -2)) : product(swap(factor, -1, -2), factor);
    })
  }
};
