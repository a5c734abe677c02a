/** Classes of Keras that no setting of GradLens runs, and why: ends of sentences. */
import { named } from '../../../graph/named';
import { type Message, message } from '../../../messages/message';

const WORDS = message('works on words, which are no numbers: give the model what it makes of them');
const HASHED = message('hashes words or whole numbers: give the model what it makes of them');
const CODE = message('runs code of another library, which is not in the file');

const REASONS: Readonly<Record<string, Message>> = {
  StringLookup: WORDS,
  TextVectorization: WORDS,
  Hashing: HASHED,
  HashedCrossing: HASHED,
  DenseFeatures: message('turns named columns of a table into numbers, as code outside of the file says'),
  ContrastLimitedAdaptiveHistogramEqualization: message(
    'evens out brightness tile by tile: give the model pictures that it has been through'
  ),
  FlaxLayer: CODE,
  JaxLayer: CODE,
  TorchModuleWrapper: CODE,
  TFSMLayer: CODE
};

export const refusedClass = (op: string): Message | null => named(REASONS, op) ?? null;
