/** Operators that are made of others: numpy's, and some of neural networks. */
import { message } from '../../../messages/message';
import {
  activate,
  add,
  apply,
  applyTo,
  binary,
  concatenate,
  divide,
  expandDims,
  finite,
  flip,
  LARGEST,
  maximum,
  minimum,
  moveAxes,
  multiply,
  part,
  reduce,
  subtract,
  swap,
  where
} from '../nodes/terms';
import { axesOf, inputOf, ofTwo, type Operation, type Operator, type Operators, type Term, unary } from './operator';
import { shaped } from './shaped';

/** Of one tensor, made of others. */
const composed = (make: (x: Term) => ReturnType<typeof apply>): Operator => ({ make: unary(make) });

/** Replacements of NaN and the infinities. */
const nanToNum: Operator = {
  after: ['nan', 'posinf', 'neginf'],
  make: unary((x, { nan, posinf, neginf }) => {
    const [none, most, least] = [nan ?? 0, posinf ?? LARGEST, neginf ?? -LARGEST];
    return typeof none === 'number' && typeof most === 'number' && typeof least === 'number'
      ? finite(x, none, most, least)
      : message('puts in what is no number');
  })
};

/** The larger or the smaller one, and the other where one is NaN. */
const ofNumbers = (choose: typeof maximum): Operator => ({
  operands: 2,
  make: ofTwo((a, b) => where(applyTo('isnan', a), b, where(applyTo('isnan', b), a, choose(a, b))))
});

/** The logarithm of the sum of two powers of e. */
const logAddExp = (a: Term, b: Term) =>
  add(maximum(a, b), apply('log1p', activate('exponential', multiply(-1, apply('abs', subtract(a, b))))));

const isClose: Operator = {
  operands: 2,
  after: ['rtol', 'atol', 'equal_nan'],
  make: ofTwo((a, b, { rtol, atol, equal_nan: isEqual }) => {
    if (typeof (rtol ?? 0) !== 'number' || typeof (atol ?? 0) !== 'number') {
      return message('compares with a tolerance that is no number');
    }
    const made = binary(
      'less_equal',
      apply('abs', subtract(a, b)),
      add(Number(atol ?? 1e-8), multiply(Number(rtol ?? 1e-5), applyTo('abs', b)))
    );
    const areNone = binary('and', applyTo('isnan', a), applyTo('isnan', b));
    return isEqual === true
      ? where(areNone, 1, where(binary('or', applyTo('isnan', a), applyTo('isnan', b)), 0, made))
      : made;
  })
};

/** Values at equal steps from one tensor to another, along a new axis. */
const steps = (isPower: boolean): Operator => ({
  operands: ['start', 'stop'],
  after: ['num', 'endpoint', ...(isPower ? ['base'] : ['retstep'])],
  reads: ['axis'],
  make: ([first, end], { num = 50, endpoint = true, base = 10, axis = 0 }, make) => {
    const [from, to] = [first, end].map(operand => inputOf(operand, make));
    if (!from || !to || typeof num !== 'number' || num < 1 || num > MOST_STEPS || typeof base !== 'number') {
      return message('does not say how many values it makes, or from what');
    }
    const last = endpoint === false ? num : Math.max(num - 1, 1);
    const shares = make({ shape: [num], values: Float32Array.from({ length: num }, (_, i) => i / last) });
    const start = 'constant' in from ? from : expandDims(from, -1);
    const made = add(start, multiply(expandDims(subtract(to, from), -1), shares));
    const placed = axis === -1 ? made : moveAxes(made, [-1], [Number(axis)]);
    return isPower ? activate('exponential', multiply(placed, Math.log(base))) : placed;
  }
});

const MOST_STEPS = 256;

/** Vectors of three along an axis of each, the last by default. */
const cross: Operator = {
  operands: 2,
  after: ['axisa', 'axisb', 'axisc', 'axis'],
  make: ofTwo((a, b, { axisa = -1, axisb = -1, axisc = -1, axis }) => {
    const [first, second, third] = [axisa, axisb, axisc].map(own => axis ?? own);
    if ([first, second, third].some(along => typeof along !== 'number')) {
      return message('does not say along which axes it multiplies');
    }
    const axes = [Number(first), Number(second)];
    const [x, y] = [a, b].map((vector, side) => {
      const turned = axes[side] === -1 ? vector : moveAxes(vector, [axes[side]], [-1]);
      return [0, 1, 2].map(i => part(turned, -1, i, 3));
    });
    const minor = (i: number, j: number) => subtract(multiply(x[i], y[j]), multiply(x[j], y[i]));
    const made = concatenate([minor(1, 2), minor(2, 0), minor(0, 1)], -1);
    return third === -1 ? made : moveAxes(made, [-1], [Number(third)]);
  })
};

/** Differences of neighbours along an axis, `n` times over. */
const diff: Operator = {
  after: ['n', 'axis'],
  make: unary((x, { n, axis }) => {
    const [times, along] = [n ?? 1, axis ?? -1];
    if (typeof times !== 'number' || typeof along !== 'number' || times < 1) {
      return message('does not say along which axis it works');
    }
    const once = (term: Term) => subtract(part(term, along, 1, { begin: [1] }), part(term, along, 0, { begin: [-1] }));
    let made = once(x);
    for (let i = 1; i < times; i++) {
      made = once(made);
    }
    return made;
  })
};

const trapezoid: Operator = {
  after: ['x', 'dx', 'axis'],
  make: unary((y, { x, dx, axis }) => {
    const along = axesOf(axis ?? -1);
    if (x !== undefined && x !== null) {
      return message('sums over steps of unlike widths, which GradLens cannot compute');
    }
    if (!along || typeof (dx ?? 1) !== 'number') {
      return message('does not say along which axis it works');
    }
    const sides = add(part(y, along[0], 1, { begin: [1] }), part(y, along[0], 0, { begin: [-1] }));
    return reduce('sum', multiply(sides, Number(dx ?? 1) / 2), along, false);
  })
};

/** Turns by quarters in the plane of two axes. */
const turning = (usual: readonly number[], isByKeras: boolean): Operator => ({
  after: ['k', 'axes'],
  make: unary((x, { k, axes }) => {
    const plane = axesOf(axes ?? usual);
    if (typeof (k ?? 1) !== 'number' || plane?.length !== 2) {
      return message('does not say how it turns');
    }
    const [from, to] = plane;
    const turns = ((Number(k ?? 1) % 4) + 4) % 4;
    switch (turns) {
      case 1:
        return swap(flip(x, [to]), from, to);
      case 2:
        // Keras 3.15 on TensorFlow mixes up rows and columns where there are not as many of both.
        return isByKeras
          ? shaped([x], ({ inputs, sizes: [sizes] }) => {
              const [height, width] = [from, to].map(axis => sizes[axis < 0 ? axis + sizes.length : axis - 1]);
              return height === width
                ? flip(inputs[0], [from, to])
                : message(
                    'turns by a half what has not as many rows as columns, which Keras computes in different ways on different backends'
                  );
            })
          : flip(x, [from, to]);
      case 3:
        return flip(swap(x, from, to), [to]);
      default:
        return apply('identity', x);
    }
  })
});

/** The linear unit of one half, gated by the other: Dauphin et al. 2017. */
const glu: Operator = {
  after: ['axis'],
  make: unary((x, { axis }) => {
    const along = axis ?? -1;
    return typeof along === 'number'
      ? multiply(part(x, along, 0, 2), activate('sigmoid', part(x, along, 1, 2)))
      : message('does not say along which axis it works');
  })
};

/** Values over a threshold, and a number in place of the others. */
const threshold: Operator = {
  after: ['threshold', 'default_value'],
  make: unary((x, options) =>
    typeof options.threshold === 'number' && typeof options.default_value === 'number'
      ? where(binary('greater', x, options.threshold), x, options.default_value)
      : message('compares with what is no number')
  )
};

const moments: Operator = {
  after: ['axes'],
  reads: ['keepdims'],
  // There is one replica.
  neutral: { synchronized: [false, true] },
  make: unary((x, { axes, keepdims }) => {
    const along = axesOf(axes);
    return along
      ? ['mean', 'variance'].map(kind => reduce(kind, x, along, keepdims === true))
      : message('works along all axes, that of the samples too');
  })
};

/** 0 where x is, whatever y is there. */
const unlessZero = (x: Term, y: Term, make: (y: Term) => Operation): Operation => {
  const isZero = binary('equal', x, 0);
  return where(isZero, 0, make(where(isZero, 1, y)));
};

/** Made shorter where it is longer than a number along some axes. */
const clipByNorm: Operator = {
  after: ['clip_norm', 'axes'],
  make: unary((x, { clip_norm: longest, axes }) => {
    const along = axesOf(axes);
    if (!along || typeof longest !== 'number') {
      return message('works along all axes, that of the samples too, or clips to what is no number');
    }
    const square = reduce('sum', multiply(x, x), along, true);
    const isSome = binary('greater', square, 0);
    const length = where(isSome, apply('sqrt', where(isSome, square, 1)), square);
    return divide(multiply(x, Math.max(longest, 0)), maximum(length, Math.max(longest, 0)));
  })
};

export const COMPOSITIONS: Operators = {
  cbrt: composed(x => multiply(apply('sign', x), apply('power', apply('abs', x), { exponent: 1 / 3 }))),
  deg2rad: composed(x => multiply(x, Math.PI / 180)),
  rad2deg: composed(x => multiply(x, 180 / Math.PI)),
  erfc: composed(x => subtract(1, apply('erf', x))),
  sinc: composed(x =>
    where(binary('equal', x, 0), 1, divide(apply('sin', multiply(x, Math.PI)), multiply(x, Math.PI)))
  ),
  angle: composed(x => where(binary('less', x, 0), Math.PI, 0)),
  // 1 / -0 is negative.
  signbit: composed(x => binary('less', where(binary('equal', x, 0), divide(1, x), x), 0)),
  isposinf: composed(x => binary('greater', x, LARGEST)),
  isneginf: composed(x => binary('less', x, -LARGEST)),
  nan_to_num: nanToNum,
  heaviside: {
    operands: 2,
    make: ofTwo((x, at) => where(binary('equal', x, 0), at, binary('greater', x, 0)))
  },
  isclose: isClose,
  // Each vector of x beside each of y.
  cdist: {
    operands: 2,
    make: ofTwo((x, y) => {
      const difference = subtract(expandDims(x, -2), expandDims(y, -3));
      return apply('sqrt', reduce('sum', multiply(difference, difference), [-1], false));
    })
  },
  hypot: {
    operands: 2,
    make: ofTwo((a, b) => {
      const [one, other] = [a, b].map(side => applyTo('abs', side));
      const longer = maximum(one, other);
      const ratio = binary('divide_no_nan', minimum(one, other), longer);
      return multiply(longer, apply('sqrt', add(1, multiply(ratio, ratio))));
    })
  },
  xlogy: { operands: 2, make: ofTwo((x, y) => unlessZero(x, y, some => multiply(x, apply('log', some)))) },
  xlog1py: { operands: 2, make: ofTwo((x, y) => unlessZero(x, y, some => multiply(x, apply('log1p', some)))) },
  xdivy: { operands: 2, make: ofTwo((x, y) => unlessZero(x, y, some => divide(x, some))) },
  reciprocal_no_nan: composed(x => binary('divide_no_nan', 1, x)),
  clip_by_norm: clipByNorm,
  // Keras has it in double precision, of which a float32 never sees the next value.
  nextafter: { operands: 2, make: ofTwo((x, towards) => where(applyTo('isnan', towards), towards, x)) },
  fmax: ofNumbers(maximum),
  fmin: ofNumbers(minimum),
  fmod: {
    operands: 2,
    make: ofTwo((a, b) => multiply(applyTo('sign', a), binary('mod', applyTo('abs', a), applyTo('abs', b))))
  },
  ldexp: {
    operands: 2,
    make: ofTwo((a, b) =>
      'constant' in b
        ? where(binary('equal', a, 0), a, multiply(a, 2 ** b.constant))
        : message('multiplies by powers that are no single number')
    )
  },
  logaddexp: { operands: 2, make: ofTwo(logAddExp) },
  logaddexp2: {
    operands: 2,
    make: ofTwo((a, b) => divide(logAddExp(multiply(a, Math.LN2), multiply(b, Math.LN2)), Math.LN2))
  },
  linspace: steps(false),
  logspace: steps(true),
  cross,
  diff,
  trapezoid,
  rot90: turning([0, 1], true),
  'image.rot90': turning([1, 2], false),
  fliplr: { make: unary(x => flip(x, [1])) },
  flipud: { make: unary(x => flip(x, [0])) },
  'linalg.normalize': {
    after: ['ord', 'axis'],
    make: unary((x, { ord, axis }) => {
      const along = axesOf(axis);
      if (!along || ![undefined, null, 'euclidean', 2].includes(ord as string | number | undefined | null)) {
        return message('works along all axes, that of the samples too, or by another norm than the Euclidean');
      }
      const length = reduce('length', x, along, true);
      return [divide(x, length), length];
    })
  },
  glu,
  threshold,
  moments,
  crelu: {
    after: ['axis'],
    make: unary((x, { axis }) =>
      typeof (axis ?? -1) === 'number'
        ? activate('relu', concatenate([x, multiply(x, -1)], Number(axis ?? -1)))
        : message('does not say along which axis it joins')
    )
  }
};
