/** Rows looked up by numbers that are not among those of the table, as Keras 3.15 on TensorFlow answers. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { english, messageOf } from '../../../messages/message';
import { NODE_BACKENDS, useBackend } from '../../testing/backends';
import type { OpContext } from '../op';
import { embedding } from './lookup';

const TABLE = [
  [1, 2],
  [3, 4],
  [5, 6]
];

function lookUp(numbers: number[]): unknown {
  const context = { weight: () => tf.tensor(TABLE) } as unknown as OpContext;
  return (embedding.forward([tf.tensor([numbers])], context) as tf.Tensor).arraySync();
}

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it('counts negative numbers from the end, and cuts off what is behind the point', () => {
    expect(lookUp([0, 2, -1, -3])).toEqual([[TABLE[0], TABLE[2], TABLE[2], TABLE[0]]]);
    expect(lookUp([0.6, 1.9, -0.5, -1.5])).toEqual([[TABLE[0], TABLE[1], TABLE[0], TABLE[2]]]);
  });

  it.each([3, -4])('has no row %s', number => {
    const failure = (() => {
      try {
        return lookUp([0, number]);
      } catch (error) {
        return english(messageOf(error));
      }
    })();
    expect(failure).toBe(`the input has the number ${number}, but the table has 3 rows, numbered from 0`);
  });
});
