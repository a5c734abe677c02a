/**
 * ConvLSTM of any number of axes: sequences and states are brought to channels last and two axes at least, and back.
 */
import { numbersOf } from '../../graph/attributes';
import { inverseOrder } from '../ops/axes';
import { activationOf } from './activation-choice';
import type { Chain } from './chain';
import { type Rule, withRow } from './rule';
import type { StepInput } from './step';

/** The order that puts the channels, at `from`, last. */
function channelsLast(rank: number, from: number): number[] {
  return [...Array.from({ length: rank }, (_, i) => i).filter(i => i !== from), from];
}

export const convLstm = (axes: 1 | 2 | 3): Rule => ({
  expand(chain, { attributes, weights }) {
    const isFirst = attributes.data_format === 'channels_first';
    /** `at`: where the axes behind the batch and the steps begin. */
    const lifted = (chain: Chain, input: StepInput, at: 1 | 2): StepInput => {
      const order = channelsLast(at + axes + 1, at);
      const last = isFirst ? chain.push('transpose', { order }, {}, [input]) : input;
      return axes === 1 ? chain.push('expandDims', { dim: at }, {}, [last]) : last;
    };
    const [sequence, ...others] = chain.own();
    const masks = others.slice(0, attributes.masked === true ? 1 : 0);
    const states = others.slice(masks.length).map(state => lifted(chain, state, 1));
    const inputs = [lifted(chain, sequence, 2), ...masks, ...states];
    const flat = (key: string): number[] => [...(axes === 1 ? [1] : []), ...numbersOf(attributes, key, [1])];
    chain.push(
      'recurrent',
      {
        ...attributes,
        cell: 'convLstm',
        strides: flat('strides'),
        dilation_rate: flat('dilation_rate'),
        activation: activationOf(attributes.activation, attributes),
        recurrent_activation: activationOf(attributes.recurrent_activation, attributes)
      },
      axes === 1 ? withRow(weights) : weights,
      inputs
    );
    const at = attributes.return_sequences === true && Number(attributes.gives ?? -1) < 0 ? 2 : 1;
    if (axes === 1) {
      chain.push('squeeze', { dim: at });
    }
    if (isFirst) {
      chain.push('transpose', { order: inverseOrder(channelsLast(at + axes + 1, at)) });
    }
  }
});
