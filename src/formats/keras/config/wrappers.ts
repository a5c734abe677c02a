/** Layers around another layer, which they call on what they are called on, or on each step of it. */
import { type Message, message } from '../../../messages/message';
import type { Call, LayerSpec } from './spec';

/** SpectralNormalization changes its layer's weights in training alone: files have them normalised. */
const WRAPPERS: ReadonlySet<string> = new Set(['TimeDistributed', 'SpectralNormalization']);

export const isWrapper = (className: string): boolean => WRAPPERS.has(className);

/** Layers that do the same to each step by themselves, along the last axis. */
const EACH_STEP: ReadonlySet<string> = new Set(['Dense', 'Activation', 'ReLU', 'LeakyReLU', 'Rescaling', 'Dropout']);

/** True of a TimeDistributed whose layer must be called on each step as on a sample of its own. */
export function isOverSteps({ className, model }: LayerSpec): boolean {
  const inner = model?.layers[1];
  return className === 'TimeDistributed' && !(inner && inner.model === null && EACH_STEP.has(inner.className));
}

/** Layers that may read a mask. */
const READS_MASK = /RNN|LSTM|GRU|Attention|Softmax|Masking|GlobalAveragePooling1D|Bidirectional|TimeDistributed|Lambda/;

/** The reason that a call of a wrapper around `inner` cannot be followed, or null. */
export function wrapperProblem({ kwargs, args }: Call, inner: LayerSpec): Message | null {
  // A model passes on what the mask says of its samples: what reads it there is refused by itself.
  const isLeftOut = inner.custom === null && (inner.model !== null || !READS_MASK.test(inner.className));
  const known = { training: null, inputs: null, ...(isLeftOut ? { mask: null } : {}) };
  const further = [...args.slice(1), ...Object.values({ ...kwargs, ...known })];
  return further.every(value => value === null || value === undefined || typeof value === 'boolean')
    ? null
    : message('is called with a mask or other arguments, which GradLens cannot pass on to its layer');
}
