/** Operators that reduce along axes, and those that scale by what was reduced. */
import type { NodeInput } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import type { Config } from '../json';
import { axesOf, type Operation, type Operator, type Operators, unary } from './operator';

/** Reductions by their names in Keras and in TensorFlow, as the engine calls them. */
const KINDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['mean', 'max', 'min', 'sum', 'prod', 'any', 'all', 'logsumexp'].flatMap(kind => [
      [kind, kind],
      [`reduce_${kind}`, kind]
    ])
  ),
  amax: 'max',
  amin: 'min',
  var: 'variance',
  reduce_variance: 'variance',
  std: 'deviation',
  reduce_std: 'deviation',
  reduce_euclidean_norm: 'length',
  count_nonzero: 'count'
};

function reduced(kind: string, x: NodeInput, { axis, keepdims }: Config): Operation | Message {
  const axes = axesOf(axis);
  return axes
    ? { op: 'op:reduce', attributes: { kind, axis: axes, keepdims: keepdims === true }, inputs: [x] }
    : message('works along all axes, that of the samples too');
}

const reduction = (kind: string): Operator => ({
  after: ['axis', 'keepdims'],
  make: unary((x, options) => reduced(kind, x, options))
});

/** The engine's name of a norm of vectors, by its order. */
const NORMS: Readonly<Record<string, string>> = {
  null: 'length',
  euclidean: 'length',
  fro: 'length',
  2: 'length',
  1: 'size'
};

const norm: Operator = {
  after: ['ord', 'axis', 'keepdims'],
  make: unary((x, options) => {
    const { ord = null, axis } = options;
    const kind = NORMS[String(ord)];
    const isOfMatrices = Array.isArray(axis) && axis.length > 1 && ord !== null && ord !== 'fro' && ord !== 'euclidean';
    return kind === undefined || isOfMatrices
      ? message('is a norm of the order %1, which GradLens cannot compute', JSON.stringify(ord))
      : reduced(kind, x, options);
  })
};

/** x over its length, which Keras bounds by `epsilon`, and TensorFlow by its square root. */
function normalized(x: NodeInput, axis: unknown, smallestSquare: number): Operation | Message {
  const axes = axesOf(axis);
  return axes
    ? { op: 'UnitNormalization', attributes: { axis: axes, smallest_square: smallestSquare }, inputs: [x] }
    : message('works along all axes, that of the samples too');
}

export const REDUCTIONS: Operators = {
  ...Object.fromEntries(Object.entries(KINDS).map(([name, kind]) => [name, reduction(kind)])),
  norm,
  normalize: {
    after: ['axis', 'order', 'epsilon'],
    make: unary((x, { axis, order, epsilon }) =>
      (order ?? 2) === 2
        ? normalized(x, axis ?? -1, (typeof epsilon === 'number' ? epsilon : 1e-7) ** 2)
        : message('normalizes by a norm of the order %1, which GradLens cannot compute', JSON.stringify(order))
    )
  },
  l2_normalize: {
    after: ['axis', 'epsilon'],
    make: unary((x, { axis, epsilon }) => normalized(x, axis, typeof epsilon === 'number' ? epsilon : 1e-12))
  },
  cumsum: {
    after: ['axis', 'exclusive', 'reverse'],
    make: unary((x, { axis, exclusive, reverse }) =>
      typeof axis === 'number'
        ? {
            op: 'op:cumsum',
            attributes: { axis, exclusive: exclusive === true, reverse: reverse === true },
            inputs: [x]
          }
        : message('works along all axes, that of the samples too')
    )
  }
};
