/** Normalisation as a function of a tensor, with statistics and scales that are arrays or tensors. */
import { message } from '../../../messages/message';
import type { Config } from '../config/json';
import { add, apply, moveAxes, multiply, reduce, subtract } from '../nodes/terms';
import {
  arrayOf,
  axesOf,
  inputOf,
  isAbsent,
  isTensor,
  type MakeConstant,
  named,
  type Operand,
  type Operation,
  type Operator,
  type Operators,
  type Term,
  unary
} from './operator';

const NO_ARRAYS = message('normalizes by what are neither tensors nor arrays that fit its axes');

/** An array of so many axes, or nothing. */
const hasAxes = (operand: Operand, count: number): boolean =>
  isAbsent(operand) || ('value' in operand && arrayOf(operand.value)?.shape.length === count);

/** Operands as terms, `otherwise` for those that are left out; null where one is neither tensor nor array. */
function termsOf(given: Operand[], otherwise: readonly number[], constant: MakeConstant): Term[] | null {
  const terms = given.map((operand, i) =>
    isAbsent(operand) ? { constant: otherwise[i] } : inputOf(operand, constant)
  );
  return terms.every(term => term !== null) ? terms : null;
}

const epsilonOf = ({ epsilon, variance_epsilon: other }: Config, otherwise: number): number =>
  Number(epsilon ?? other ?? otherwise);

/** With these axes last, and back again after `make`; the last one is there already. */
function withLast(x: Term, axes: readonly number[], make: (turned: Term) => Operation): Operation {
  const last = axes.map((_, i) => i - axes.length);
  const isLast = axes.every((axis, i) => axis === last[i]);
  return isLast ? make(x) : moveAxes(make(moveAxes(x, axes, last)), last, axes);
}

/** TensorFlow broadcasts all to x; Keras has arrays along an axis that is not the last. */
const batchNormalization: Operator = {
  operands: ['x', 'mean', 'variance', 'offset', 'scale'],
  after: ['variance_epsilon'],
  reads: ['axis', 'epsilon'],
  make: ([x, ...given], options, constant) => {
    const [axis] = axesOf(options.axis ?? -1) ?? [];
    const terms = termsOf(given, [0, 1, 0, 1], constant);
    if (!isTensor(x) || !terms || axis === undefined || (axis !== -1 && !given.every(one => hasAxes(one, 1)))) {
      return NO_ARRAYS;
    }
    const [mean, variance, offset, scale] = terms;
    const inverse = multiply(apply('rsqrt', add(variance, epsilonOf(options, 1e-3))), scale);
    return withLast(x, [axis], turned => add(multiply(subtract(turned, mean), inverse), offset));
  }
};

/** The axes in order, or null where it is not known, as of axes from both ends. */
function inOrder(value: unknown): number[] | null {
  const axes = axesOf(value ?? -1)?.sort((a, b) => a - b) ?? null;
  return axes && axes[0] < 0 === axes[axes.length - 1] < 0 ? axes : null;
}

const layerNormalization: Operator = {
  operands: ['x', 'gamma', 'beta'],
  reads: ['axis', 'epsilon'],
  make: ([x, ...given], options, constant) => {
    const axes = inOrder(options.axis);
    const terms = termsOf(given, [1, 0], constant);
    if (!isTensor(x) || !axes || !terms || !given.every(one => hasAxes(one, axes.length))) {
      return NO_ARRAYS;
    }
    const [gamma, beta] = terms;
    const last = axes.map((_, i) => i - axes.length);
    return withLast(x, axes, turned => {
      const inverse = apply('rsqrt', add(reduce('variance', turned, last, true), epsilonOf(options, 1e-7)));
      return add(multiply(multiply(subtract(turned, reduce('mean', turned, last, true)), inverse), gamma), beta);
    });
  }
};

/** x over the root of its square's mean, times what is broadcast to it. */
const rmsNormalization: Operator = {
  operands: ['x', 'scale'],
  reads: ['axis', 'epsilon'],
  make: ([x, ...given], options, constant) => {
    const axes = axesOf(options.axis ?? -1);
    const terms = termsOf(given, [1], constant);
    if (!isTensor(x) || !axes || !terms) {
      return NO_ARRAYS;
    }
    const inverse = apply('rsqrt', add(reduce('mean', multiply(x, x), axes, true), epsilonOf(options, 1e-7)));
    return multiply(multiply(x, inverse), terms[0]);
  }
};

const localResponse: Operator = {
  after: ['depth_radius', 'bias', 'alpha', 'beta'],
  make: unary((x, { depth_radius: radius = 5, bias = 1, alpha = 1, beta = 0.5 }) =>
    [radius, bias, alpha, beta].every(value => typeof value === 'number')
      ? { op: 'op:local_response', attributes: { depth_radius: radius, bias, alpha, beta }, inputs: [x] }
      : message('normalizes by what is no number')
  )
};

export const NORMALIZING: Operators = {
  ...named(['batch_norm', 'batch_normalization'], batchNormalization),
  layer_norm: layerNormalization,
  rmsnorm: rmsNormalization,
  ...named(['local_response_normalization', 'lrn'], { ...localResponse, operands: ['input'] })
};
