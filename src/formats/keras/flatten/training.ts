/** Layers that Keras 2 runs as in training when it predicts, because their call says so. */
import { isRandom } from '../../../graph/classes';
import { type Message, message } from '../../../messages/message';
import { isConfig } from '../config/json';
import type { LayerSpec } from '../config/spec';
import { canonicalClass } from './attributes';

/** Keras 2 takes numbers for truths, too. */
export const isSwitchedOn = (training: unknown): boolean =>
  training === true || (typeof training === 'number' && training !== 0);

/** The reason that such a layer cannot run; null where it does the same in training. */
export function trainingProblem({ className, config }: LayerSpec): Message | null {
  const op = canonicalClass(className);
  if (op === 'BatchNormalization') {
    return message('is called with training=True, which GradLens cannot compute');
  }
  const inner = isConfig(config.layer) && isConfig(config.layer.config) ? config.layer.config : {};
  const drops = [config, inner].some(({ dropout, recurrent_dropout: recurrent }) =>
    [dropout, recurrent].some(rate => typeof rate === 'number' && rate > 0)
  );
  return drops || (isRandom(op) && config.rate !== 0)
    ? message('is called with training=True, so that what it gives is random, which GradLens cannot compute')
    : null;
}
