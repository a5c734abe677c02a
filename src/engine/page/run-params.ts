/** What a request asks for unless it says more. */
import type { RunParams } from '../protocol/protocol';

/** What only the caller knows. */
type Given = 'model' | 'inputKey' | 'inputs';

/** Nothing but the model's outputs, and the score of the class with the highest logit. */
const PLAIN: Omit<RunParams, Given> = {
  activations: [],
  gradients: [],
  maps: [],
  planes: [],
  method: 'grad-cam',
  target: null,
  score: 'logit'
};

/** A whole request from what is particular to it. */
export function runParams(given: Pick<RunParams, Given> & Partial<RunParams>): RunParams {
  return { ...PLAIN, ...given };
}
