/** Operators that sum products: matrix multiplication and its kin. What they come to shows when shapes are known. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import { combining, isTensor, type Maker, named, type Operator, type Operators } from './operator';

/** As `op:contract`, which contractions.ts completes. */
const contract =
  (kind: string, attributes: (options: Config) => Config = () => ({})): Maker =>
  (operands, options, ...rest) =>
    combining('op:contract', { kind, ...attributes(options) })(operands, options, ...rest);

const TRANSPOSES = ['transpose_a', 'transpose_b', 'adjoint_a', 'adjoint_b'];

const matmul: Operator = {
  operands: 2,
  after: TRANSPOSES,
  make: contract('matmul', options => ({
    transpose_a: options.transpose_a === true || options.adjoint_a === true,
    transpose_b: options.transpose_b === true || options.adjoint_b === true
  }))
};

/** Its equation is the first operand, or in the config. */
const einsum: Operator = {
  operands: Infinity,
  reads: ['subscripts', 'equation'],
  make: (operands, options, ...rest) => {
    const [head] = operands;
    const given = head !== undefined && !isTensor(head) && typeof head.value === 'string' ? head.value : null;
    if (!operands.some(isTensor)) {
      return message('multiplies tensors that Keras 2 has left out of the file: write it as matmul or tensordot');
    }
    const equation = given ?? options.subscripts ?? options.equation;
    return typeof equation === 'string'
      ? contract('einsum', () => ({ equation }))(given === null ? operands : operands.slice(1), options, ...rest)
      : message('has no equation that GradLens can read');
  }
};

export const CONTRACTION: Operators = {
  matmul,
  einsum,
  dot: { operands: 2, make: contract('dot') },
  inner: { operands: 2, make: contract('inner') },
  tensordot: {
    operands: 2,
    after: ['axes'],
    make: contract('tensordot', ({ axes }) => ({ axes: axes ?? 2 }))
  },
  ...named(['batch_matmul', 'batch_matmul_v2'], matmul)
};
