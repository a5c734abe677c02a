import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteError, cosine, mismatchShare, relativeError, sameBits } from './compare.mjs';

const of = (...values) => new Float32Array(values);

test('relative error is the largest difference over the largest reference', () => {
  assert.equal(relativeError(of(1, 2, 4), of(1, 3, 4)), 0.25);
  assert.equal(relativeError(of(0, 0), of(0, 0)), 0);
  assert.equal(relativeError(of(1), of(0)), Infinity);
  assert.equal(relativeError(of(NaN), of(1)), Infinity);
  assert.equal(relativeError(of(1, NaN), of(1, NaN)), 0);
  assert.equal(relativeError(of(1, 2), of(1)), Infinity);
});

test('absolute error', () => {
  assert.equal(absoluteError(of(0.25, 0.5), of(0.5, 0.5)), 0.25);
  assert.equal(absoluteError(of(NaN), of(1)), Infinity);
  assert.equal(absoluteError(of(1), of(1, 1)), Infinity);
});

test('the same bits', () => {
  assert.ok(sameBits(of(1, NaN), of(1, NaN)));
  assert.ok(!sameBits(of(1), of(1 + 2 ** -23)));
  assert.ok(!sameBits(of(0), of(-0)));
  assert.ok(!sameBits(of(1), of(1, 1)));
  assert.ok(sameBits(of(9, 1).subarray(1), of(1)));
});

test('cosine', () => {
  assert.equal(cosine(of(1, 0), of(0, 1)), 0);
  assert.equal(cosine(of(1, 2), of(-2, -4)), -1);
  assert.ok(Math.abs(cosine(of(1, 1), of(1, 0)) - Math.SQRT1_2) < 1e-12);
  // 1e-30 squared is 0 in float32 and 1e-60 in float64; the angle must survive both.
  assert.ok(Math.abs(cosine(of(1e-30, 1e-30), of(1, 1)) - 1) < 1e-12);
});

test('cosine of nothing with something is not agreement', () => {
  assert.equal(cosine(of(0, 0), of(0, 0)), 1);
  assert.equal(cosine(of(0, 0), of(1, 0)), 0);
  assert.equal(cosine(of(1, 0), of(0, 0)), 0);
  assert.ok(Number.isNaN(cosine(of(NaN, 1), of(1, 1))));
  assert.ok(Number.isNaN(cosine(of(1), of(1, 1))));
});

test('share of mismatching cells', () => {
  assert.equal(mismatchShare(of(1, 2, 3, 4), of(1, 2, 3, 4.1)), 0.25);
  assert.equal(mismatchShare(of(NaN, 2), of(1, 2)), 0.5);
  assert.equal(mismatchShare(of(0), of(0, 0)), 1);
});
