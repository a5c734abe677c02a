/** Finds the activation function, with its arguments, that a layer's config names. */
import type { Attributes, AttributeValue } from '../../graph/model-graph';
import { named } from '../../graph/named';

export interface ActivationChoice {
  activation: string;
  [argument: string]: AttributeValue;
}

/** Names that mean the same function. */
const SYNONYMS: Readonly<Record<string, string>> = {
  swish: 'silu',
  hard_swish: 'hard_silu',
  log_softmax: 'log_softmax',
  exp: 'exponential',
  identity: 'linear'
};

/** The function that `value`, a config's `activation`, names; a missing one is linear. */
export function activationOf(value: unknown, attributes: Attributes): ActivationChoice {
  const name = typeof value === 'string' ? (named(SYNONYMS, value) ?? value) : 'linear';
  switch (name) {
    case 'hard_sigmoid':
      // Files of Keras 2 come with its own slope.
      return { activation: name, slope: numberOr(attributes.slope, 1 / 6) };
    case 'gelu':
      return { activation: name, approximate: attributes.approximate === true };
    case 'leaky_relu':
      return { activation: name, negative_slope: numberOr(attributes.negative_slope, 0.2) };
    case 'elu':
    case 'celu':
      return { activation: name, alpha: numberOr(attributes.alpha, 1) };
    case 'softmax':
    case 'log_softmax':
    case 'sparsemax':
      return { activation: name, axis: attributes.axis ?? -1 };
    case 'hard_shrink':
    case 'soft_shrink':
      return { activation: name, threshold: numberOr(attributes.threshold, 0.5) };
    case 'squareplus':
      return { activation: name, b: numberOr(attributes.b, 4) };
    case 'relu_general':
      return reluOf(attributes);
    default:
      return { activation: name };
  }
}

/** keras.layers.ReLU: one of the cheap named functions where its arguments allow it. */
export function reluOf(attributes: Attributes): ActivationChoice {
  const max = attributes.max_value;
  const slope = numberOr(attributes.negative_slope, 0);
  const threshold = numberOr(attributes.threshold, 0);
  if (slope === 0 && threshold === 0 && (typeof max !== 'number' || max === 6)) {
    return { activation: max === 6 ? 'relu6' : 'relu' };
  }
  return {
    activation: 'relu_general',
    max_value: typeof max === 'number' ? max : null,
    negative_slope: slope,
    threshold
  };
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
