/** Defaults of a run request. */
import type { RunParams } from '../protocol/protocol';

/** Parameters without a default. */
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

/** Completes a request with the defaults. */
export function runParams(given: Pick<RunParams, Given> & Partial<RunParams>): RunParams {
  return { ...PLAIN, ...given };
}
