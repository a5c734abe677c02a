/**
 * Keras' activation functions and their derivatives. `from` says which
 * forward value the derivative reads. Derivatives at kinks are TensorFlow's:
 * 0 at 0 for relu and at 6 for relu6, but the slope itself where Keras clips by value.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, booleanOf, numberOf, numbersOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { rectifierGradient } from '../../kernels/gradients';
import { alongAxes } from '../axes';
import { choose } from '../choose';
import { expm1, tanh } from '../near-zero';
import { asNumber } from '../truth';
import { sparsemax, sparsemaxBackward } from './sparsemax';

export interface ActivationFunction {
  from: 'input' | 'output';
  apply(x: Tensor, attributes: Attributes): Tensor;
  /** dy times the derivative; `value` is the input or the output, as `from` says. */
  gradient(dy: Tensor, value: Tensor, attributes: Attributes): Tensor;
}

const between = (x: Tensor, low: number, high: number) => tf.mul(tf.step(tf.sub(x, low)), tf.step(tf.sub(high, x)));

/** The same with both ends: where clip_by_value lets a gradient through. */
const withinEnds = (x: Tensor, low: number, high: number) =>
  tf.mul(tf.sub(1, tf.step(tf.sub(low, x))), tf.sub(1, tf.step(tf.sub(x, high))));

/** x where x > 0, else `negative`, without NaN from the branch not taken. */
const select = (x: Tensor, positive: Tensor, negative: Tensor) => choose(tf.greater(x, 0), positive, negative);

const sigmoidSlope = (y: Tensor) => tf.mul(y, tf.sub(1, y));

/** erf's own derivative gives gelu's: Phi(x) + x phi(x). */
const SQRT_HALF = Math.SQRT1_2;
const INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);
const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

const tanhInner = (x: Tensor) => tf.mul(SQRT_2_OVER_PI, tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x)))));
const normalCdf = (x: Tensor) => tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, SQRT_HALF))));

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** Attribute `threshold` of the shrinking functions. */
const shrinkOf = (attributes: Attributes) => numberOf(attributes, 'threshold', 0.5);

/** 1 where |x| is over the threshold, else 0. */
const outside = (x: Tensor, attributes: Attributes) => tf.step(tf.sub(tf.abs(x), shrinkOf(attributes)));
/** Attribute `b` of squareplus. */
const hypotenuse = (x: Tensor, attributes: Attributes) => tf.sqrt(tf.add(tf.square(x), numberOf(attributes, 'b', 4)));

const hardSigmoidSlope = (attributes: Attributes) => numberOf(attributes, 'slope', 1 / 6);

const eluOf = (x: Tensor, alpha: number) => select(x, x, tf.mul(alpha, expm1(tf.minimum(x, 0))));

export const activationFunctions: Readonly<Record<string, ActivationFunction>> = {
  linear: { from: 'output', apply: x => tf.clone(x), gradient: dy => tf.clone(dy) },
  relu: { from: 'output', apply: x => tf.relu(x), gradient: (dy, y) => rectifierGradient(dy, y, Infinity, false) },
  relu6: { from: 'output', apply: x => tf.relu6(x), gradient: (dy, y) => rectifierGradient(dy, y, 6, false) },
  /** keras.layers.ReLU with max_value, negative_slope and threshold. */
  relu_general: {
    from: 'input',
    apply(x, a) {
      const threshold = numberOf(a, 'threshold', 0);
      const max = numberOf(a, 'max_value', Infinity);
      const above = tf.mul(x, tf.step(tf.sub(x, threshold)));
      const capped = max === Infinity ? above : tf.clipByValue(above, 0, max);
      const below = tf.minimum(tf.sub(x, threshold), 0);
      return tf.add(capped, tf.mul(numberOf(a, 'negative_slope', 0), below));
    },
    gradient(dy, x, a) {
      const threshold = numberOf(a, 'threshold', 0);
      const max = numberOf(a, 'max_value', Infinity);
      const above = tf.step(tf.sub(x, threshold));
      // Keras clips at max_value, but takes relu6 and leaky_relu where these do.
      const isRelu6 = max === 6 && threshold === 0;
      const capped = isRelu6 ? between(x, 0, 6) : tf.mul(above, tf.sub(1, tf.step(tf.sub(x, max))));
      const open = max === Infinity ? above : capped;
      const isLeaky = max === Infinity && threshold === 0;
      const below = isLeaky ? tf.sub(1, above) : tf.step(tf.sub(threshold, x));
      return tf.mul(dy, tf.add(open, tf.mul(numberOf(a, 'negative_slope', 0), below)));
    }
  },
  leaky_relu: {
    from: 'input',
    apply: (x, a) => select(x, x, tf.mul(x, numberOf(a, 'negative_slope', 0.2))),
    gradient: (dy, x, a) => select(x, dy, tf.mul(dy, numberOf(a, 'negative_slope', 0.2)))
  },
  elu: {
    from: 'input',
    apply: (x, a) => eluOf(x, numberOf(a, 'alpha', 1)),
    gradient: (dy, x, a) =>
      tf.mul(dy, select(x, tf.onesLike(x), tf.mul(numberOf(a, 'alpha', 1), tf.exp(tf.minimum(x, 0)))))
  },
  selu: {
    from: 'input',
    apply: x => tf.mul(SELU_SCALE, eluOf(x, SELU_ALPHA)),
    // At 0 that of the linear side.
    gradient: (dy, x) =>
      tf.mul(
        dy,
        tf.mul(SELU_SCALE, choose(tf.less(x, 0), tf.mul(SELU_ALPHA, tf.exp(tf.minimum(x, 0))), tf.onesLike(x)))
      )
  },
  celu: {
    from: 'input',
    apply(x, a) {
      const alpha = numberOf(a, 'alpha', 1);
      return select(x, x, tf.mul(alpha, expm1(tf.div(tf.minimum(x, 0), alpha))));
    },
    // Keras adds max(x, 0) and the rest, both of which pass the gradient at 0.
    gradient: (dy, x, a) =>
      tf.mul(dy, tf.add(tf.exp(tf.div(tf.minimum(x, 0), numberOf(a, 'alpha', 1))), tf.cast(tf.equal(x, 0), 'float32')))
  },
  exponential: { from: 'output', apply: x => tf.exp(x), gradient: (dy, y) => tf.mul(dy, y) },
  sigmoid: { from: 'output', apply: x => tf.sigmoid(x), gradient: (dy, y) => tf.mul(dy, sigmoidSlope(y)) },
  tanh: { from: 'output', apply: x => tanh(x), gradient: (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))) },
  softplus: { from: 'input', apply: x => tf.softplus(x), gradient: (dy, x) => tf.mul(dy, tf.sigmoid(x)) },
  softsign: {
    from: 'input',
    apply: x => tf.div(x, tf.add(1, tf.abs(x))),
    gradient: (dy, x) => tf.div(dy, tf.square(tf.add(1, tf.abs(x))))
  },
  log_sigmoid: {
    from: 'input',
    apply: x => tf.neg(tf.softplus(tf.neg(x))),
    gradient: (dy, x) => tf.mul(dy, tf.sigmoid(tf.neg(x)))
  },
  /** Keras 3: relu6(x + 3) / 6; Keras 2: clip(0.2 x + 0.5, 0, 1). */
  hard_sigmoid: {
    from: 'input',
    apply: (x, a) => tf.clipByValue(tf.add(tf.mul(x, hardSigmoidSlope(a)), 0.5), 0, 1),
    gradient(dy, x, a) {
      const slope = hardSigmoidSlope(a);
      // Keras 3 clips by relu6, whose ends have no gradient; Keras 2 by value, whose ends have one.
      const open = slope === 1 / 6 ? between(x, -3, 3) : withinEnds(x, -0.5 / slope, 0.5 / slope);
      return tf.mul(dy, tf.mul(slope, open));
    }
  },
  hard_silu: {
    from: 'input',
    apply: x => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
    gradient(dy, x) {
      const gate = tf.div(tf.relu6(tf.add(x, 3)), 6);
      return tf.mul(dy, tf.add(gate, tf.mul(tf.div(x, 6), between(x, -3, 3))));
    }
  },
  hard_tanh: {
    from: 'input',
    apply: x => tf.clipByValue(x, -1, 1),
    gradient: (dy, x) => tf.mul(dy, withinEnds(x, -1, 1))
  },
  tanh_shrink: {
    from: 'input',
    apply: x => tf.sub(x, tanh(x)),
    gradient: (dy, x) => tf.mul(dy, tf.square(tanh(x)))
  },
  hard_shrink: {
    from: 'input',
    apply: (x, a) => tf.mul(x, outside(x, a)),
    gradient: (dy, x, a) => tf.mul(dy, outside(x, a))
  },
  soft_shrink: {
    from: 'input',
    apply: (x, a) => tf.sub(x, tf.clipByValue(x, -shrinkOf(a), shrinkOf(a))),
    gradient: (dy, x, a) => tf.mul(dy, outside(x, a))
  },
  squareplus: {
    from: 'input',
    apply: (x, a) => tf.mul(0.5, tf.add(x, hypotenuse(x, a))),
    gradient: (dy, x, a) => tf.mul(dy, tf.mul(0.5, tf.add(1, tf.div(x, hypotenuse(x, a)))))
  },
  /** A parabola between -1 and 1, straight on both sides. */
  sparse_plus: {
    from: 'input',
    apply: x => choose(tf.less(x, 1), tf.mul(0.25, tf.square(tf.relu(tf.add(x, 1)))), x),
    gradient: (dy, x) => tf.mul(dy, tf.clipByValue(tf.mul(0.5, tf.add(x, 1)), 0, 1))
  },
  sparse_sigmoid: {
    from: 'input',
    apply: x => tf.clipByValue(tf.mul(0.5, tf.add(x, 1)), 0, 1),
    gradient: (dy, x) => tf.mul(dy, tf.mul(0.5, between(x, -1, 1)))
  },
  silu: {
    from: 'input',
    apply: x => tf.mul(x, tf.sigmoid(x)),
    gradient(dy, x) {
      const s = tf.sigmoid(x);
      return tf.mul(dy, tf.mul(s, tf.add(1, tf.mul(x, tf.sub(1, s)))));
    }
  },
  mish: {
    from: 'input',
    apply: x => tf.mul(x, tanh(tf.softplus(x))),
    gradient(dy, x) {
      const t = tanh(tf.softplus(x));
      return tf.mul(dy, tf.add(t, tf.mul(tf.mul(x, tf.sigmoid(x)), tf.sub(1, tf.square(t)))));
    }
  },
  gelu: {
    from: 'input',
    apply: (x, a) =>
      booleanOf(a, 'approximate', false)
        ? tf.mul(tf.mul(0.5, x), tf.add(1, tanh(tanhInner(x))))
        : tf.mul(x, normalCdf(x)),
    gradient(dy, x, a) {
      if (booleanOf(a, 'approximate', false)) {
        const t = tanh(tanhInner(x));
        const inner = tf.mul(SQRT_2_OVER_PI, tf.add(1, tf.mul(3 * 0.044715, tf.square(x))));
        const slope = tf.mul(tf.mul(0.5, x), tf.mul(tf.sub(1, tf.square(t)), inner));
        return tf.mul(dy, tf.add(tf.mul(0.5, tf.add(1, t)), slope));
      }
      const density = tf.mul(INV_SQRT_2PI, tf.exp(tf.mul(-0.5, tf.square(x))));
      return tf.mul(dy, tf.add(normalCdf(x), tf.mul(x, density)));
    }
  },
  softmax: {
    from: 'output',
    apply: (x, a) => alongAxes(x, axesOf(a, x), y => tf.softmax(y)),
    // A softmax does not change with what is added to all values, nor with what is added to all of dy: measured from
    // the largest class, no term is near 1, and a share within rounding of 1 leaves no difference of ones.
    gradient: (dy, y, a) => {
      const axes = axesOf(a, y);
      const isLargest = asNumber(tf.equal(y, tf.max(y, axes, true)));
      const own = tf.div(tf.sum(tf.mul(dy, isLargest), axes, true), tf.sum(isLargest, axes, true));
      const rest = tf.sub(dy, own);
      return tf.mul(y, tf.sub(rest, tf.sum(tf.mul(rest, y), axes, true)));
    }
  },
  log_softmax: {
    from: 'output',
    apply: (x, a) => alongAxes(x, axesOf(a, x), y => tf.logSoftmax(y)),
    gradient: (dy, y, a) => tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, axesOf(a, y), true)))
  },
  sparsemax: {
    from: 'input',
    apply: (x, a) => sparsemax(x, axesOf(a, x)),
    gradient: (dy, x, a) => sparsemaxBackward(dy, x, axesOf(a, x))
  }
};

/** Attribute `axis`: one or several. */
const axesOf = (attributes: Attributes, x: Tensor): number[] =>
  numbersOf(attributes, 'axis', [-1]).map(axis => axisOf(axis, x.shape.length));
