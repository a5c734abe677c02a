/** Operators that sum products: matrix multiplication and its kin. */
import { message } from '../../../messages/message';
import { isTensor, type Operators } from './operator';

export const CONTRACTION: Operators = {
  matmul: {
    operands: 2,
    make: operands =>
      operands.length === 2 && operands.every(isTensor)
        ? { op: 'op:matmul', attributes: {}, inputs: operands }
        : message('multiplies a matrix of constants')
  }
};
