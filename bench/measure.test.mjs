import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, quantile, rolled } from './measure.mjs';

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

test('quantiles, as numpy.quantile', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([4, 1, 3, 2], 1), 4);
  assert.ok(Math.abs(quantile([1, 2, 3, 4, 5], 0.95) - 4.8) < 1e-12);
});
