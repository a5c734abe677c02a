/** Operators on the bits and divisors of whole numbers, which have no gradient. */
import { apply, subtract } from '../nodes/terms';
import { combining, named, type Operator, type Operators, unary } from './operator';

const ofTwo = (name: string): Operator => ({ operands: 2, make: combining('op:whole_numbers', { function: name }) });

export const INTEGERS: Operators = {
  bitwise_and: ofTwo('bitwise_and'),
  bitwise_or: ofTwo('bitwise_or'),
  bitwise_xor: ofTwo('bitwise_xor'),
  ...named(['left_shift', 'bitwise_left_shift'], ofTwo('left_shift')),
  ...named(['right_shift', 'bitwise_right_shift'], ofTwo('right_shift')),
  // Two's complement.
  ...named(['bitwise_not', 'bitwise_invert'], { make: unary(x => subtract(-1, apply('trunc', x))) }),
  gcd: ofTwo('gcd'),
  lcm: ofTwo('lcm')
};
