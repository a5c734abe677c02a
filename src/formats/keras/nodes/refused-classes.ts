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

/** Words that a sentence lists. */
const MOST_WORDS = 4;

/** The words that a lookup gives by number, as Python has a list of them. */
function spelled({ vocabulary, num_oov_indices: others, oov_token: unknown, mask_token: mask }: Attributes): string {
  const words = Array.isArray(vocabulary) ? vocabulary.map(String) : [];
  const before = [mask, others === 0 ? null : (unknown ?? '[UNK]')].filter(word => typeof word === 'string');
  const all = [...before.filter(word => !words.includes(word)), ...words].map(word => JSON.stringify(word));
  return `[${[...all.slice(0, MOST_WORDS), ...(all.length > MOST_WORDS ? ['…'] : [])].join(', ')}]`;
}

export function refusedClass(op: string, attributes: Attributes): Message | null {
  const { dtype } = attributes;
  if (op === 'StringLookup' && attributes.invert === true) {
    return message(
      'gives words for numbers of classes: save the model up to the scores from which these are taken, and give the words as labels=%1',
      spelled(attributes)
    );
  }
  if (op === 'InputLayer' && dtype === 'string') {
    return message('takes words, which are no numbers: begin the model behind the layers that turn them into numbers');
  }
  return named(REASONS, op) ?? null;
}
