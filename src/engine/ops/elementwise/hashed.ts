/** Whole numbers as bins by TensorFlow's hashes, on the processor; without a gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, numbersOf, stringOf } from '../../../graph/attributes';
import { message, MessageError } from '../../../messages/message';
import { binOf, crossedBinOf } from '../../kernels/hashes';
import { type Op, savesNothing } from '../op';

/** Beyond this float32 has no longer every whole number. */
const MOST = 2 ** 24;

/** Attributes `bins`, `key` (two numbers, or none) and `function`: `digits` of one input, or `cross` of several. */
export const hashed: Op = {
  forward(inputs, { attributes }) {
    const all = inputs.map(input => input.dataSync<'float32'>());
    if (all.some(values => values.some(value => !(Math.abs(value) <= MOST)))) {
      throw new MessageError(message('whole numbers over 16,777,216 cannot be kept exactly here'));
    }
    const bins = numberOf(attributes, 'bins', 1);
    const key = numbersOf(attributes, 'key', []);
    const isCross = stringOf(attributes, 'function', 'digits') === 'cross';
    const made = all[0].map((value, i) =>
      isCross
        ? crossedBinOf(
            all.map(values => values[i]),
            bins
          )
        : binOf(value, bins, key.length === 2 ? key : null)
    );
    return tf.tensor(made, inputs[0].shape);
  },
  backward: (_, { inputShapes }) => inputShapes.map(() => null),
  saves: savesNothing
};
