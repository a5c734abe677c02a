import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, rolled } from './measure.mjs';

test('median', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([10, 1, 2, 4]), 3);
});

test('rolls along the width, as numpy.roll', () => {
  // numpy.roll(numpy.arange(12).reshape(1, 2, 3, 2), 1, axis=2).ravel()
  const data = Float32Array.from({ length: 12 }, (_, index) => index);
  const shape = [1, 2, 3, 2];
  assert.deepEqual([...rolled({ shape, data }, 1).data], [4, 5, 0, 1, 2, 3, 10, 11, 6, 7, 8, 9]);
  assert.deepEqual([...rolled({ shape, data }, 3).data], [...data]);
  assert.deepEqual(rolled({ shape, data }, -1), rolled({ shape, data }, 2));
});
