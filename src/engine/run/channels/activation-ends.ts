/** Where the values of a layer's output come to an end, by the activation that made them. */
import type { Ends } from '../../../explain/channels/health';
import { numberOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import type { Step, ValueId } from '../../plan/step';

/** Pass values as they are; only where they lie changes. */
const ARRANGES: ReadonlySet<Step['op']> = new Set([
  'expandDims',
  'flatten',
  'identity',
  'reshape',
  'squeeze',
  'switchOff',
  'transpose'
]);

const NONE: Ends = { rectifies: false, low: null, high: null };

/** Within so much of the range of an end, a value counts as being there. */
const NEAR = 0.01;

const between = (low: number, high: number): Ends => ({
  rectifies: false,
  low: low + NEAR * (high - low),
  high: high - NEAR * (high - low)
});

export function endsOf(steps: readonly Step[], layer: ValueId): Ends {
  const byId = new Map(steps.map(step => [step.id, step]));
  let at = byId.get(layer);
  while (at && ARRANGES.has(at.op)) {
    const [input] = at.inputs;
    at = input && 'value' in input ? byId.get(input.value) : undefined;
  }
  return at?.op === 'activation' ? endsOfActivation(stringOf(at.attributes, 'activation', ''), at.attributes) : NONE;
}

function endsOfActivation(name: string, attributes: Attributes): Ends {
  switch (name) {
    case 'relu':
      return { rectifies: true, low: null, high: null };
    case 'relu6':
      return { rectifies: true, low: null, high: 6 };
    case 'relu_general': {
      const high = typeof attributes.max_value === 'number' ? attributes.max_value : null;
      return { rectifies: numberOf(attributes, 'negative_slope', 0) === 0, low: null, high };
    }
    case 'sigmoid':
    case 'hard_sigmoid':
    case 'sparse_sigmoid':
      return between(0, 1);
    case 'tanh':
    case 'hard_tanh':
    case 'soft_sign':
    case 'softsign':
      return between(-1, 1);
    default:
      return NONE;
  }
}
