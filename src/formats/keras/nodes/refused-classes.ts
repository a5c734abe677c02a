/** Classes of Keras that no setting of GradLens runs, and why: ends of sentences. */
import type { Attributes } from '../../../graph/model-graph';
import { named } from '../../../graph/named';
import { type Message, message } from '../../../messages/message';

const WORDS = message('works on words, which are no numbers: give the model what it makes of them');
const CODE = message('runs code of another library, which is not in the file');

const REASONS: Readonly<Record<string, Message>> = {
  StringLookup: WORDS,
  TextVectorization: WORDS,
  DenseFeatures: message('turns named columns of a table into numbers, as code outside of the file says'),
  FlaxLayer: CODE,
  JaxLayer: CODE,
  TorchModuleWrapper: CODE,
  TFSMLayer: CODE
};

export function refusedClass(op: string, { dtype }: Attributes): Message | null {
  if (op === 'InputLayer' && dtype === 'string') {
    return message('takes words, which are no numbers: begin the model behind the layers that turn them into numbers');
  }
  return named(REASONS, op) ?? null;
}
