/** Pictures with their contrast evened out tile by tile, on the processor. Levels are counts, without a gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, numbersOf } from '../../../graph/attributes';
import { equalizeTiles } from '../../kernels/equalize-tiles';
import { type Op, savesNothing } from '../op';

/**
 * Attributes `tiles` (rows and columns) and `limit` of {@link equalizeTiles}, and `low` and `high`, the range of
 * values; pictures (n, rows, columns, channels).
 */
export const equalizedTiles: Op = {
  forward([x], { attributes }) {
    const [rows, columns] = numbersOf(attributes, 'tiles', [8, 8]);
    const [count, height, width, channels] = x.shape;
    const [low, high] = ['low', 'high'].map(end => numberOf(attributes, end, 255));
    const isWhole = low === 0 && high === 255;
    // Rounded as Keras rounds, after each step: a level begins at a whole number.
    const { fround } = Math;
    const bright = (value: number): number => fround(fround(fround(value - low) / fround(high - low)) * 255);
    const given = tf.transpose(x, [0, 3, 1, 2]).dataSync<'float32'>();
    const planes = isWhole ? given : given.map(bright);
    const made = new Float32Array(planes.length);
    const size = height * width;
    for (let from = 0; from < planes.length; from += size) {
      const plane = { values: planes.subarray(from, from + size), height, width };
      made.set(equalizeTiles(plane, [rows, columns], numberOf(attributes, 'limit', 4)), from);
    }
    const back = isWhole ? made : made.map(value => (value / 255) * (high - low) + low);
    return tf.transpose(tf.tensor4d(back, [count, channels, height, width]), [0, 2, 3, 1]);
  },
  backward: () => [null],
  saves: savesNothing
};
