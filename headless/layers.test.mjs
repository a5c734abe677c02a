import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closest, editDistance, resolveLayer } from './layers.mjs';

test('an exact id wins over a loose one', () => {
  assert.deepEqual(resolveLayer('a_b', ['a/b', 'a_b']), { id: 'a_b', notice: null });
});

test('`/` and `_` may be exchanged, and that is told', () => {
  const { id, notice } = resolveLayer('conv1/relu', ['conv1_relu', 'conv2_relu']);
  assert.equal(id, 'conv1_relu');
  assert.equal(notice, 'Layer “conv1/relu” was read as “conv1_relu”.');
});

test('two loose matches are an error, not a guess', () => {
  assert.throws(() => resolveLayer('a_b_c', ['a/b_c', 'a_b/c']), /“a\/b_c” or “a_b\/c”/);
});

test('an unknown layer names the closest ones', () => {
  assert.throws(
    () => resolveLayer('conv5_blok32_concat', ['input_1', 'conv5_block31_concat', 'conv5_block32_concat', 'fc']),
    /no layer “conv5_blok32_concat”: did you mean “conv5_block32_concat”, “conv5_block31_concat”/
  );
});

test('edit distance', () => {
  assert.equal(editDistance('kitten', 'sitting'), 3);
  assert.equal(editDistance('', 'abc'), 3);
  assert.equal(editDistance('abc', 'abc'), 0);
  assert.deepEqual(closest('relu', ['elu', 'dense', 'relu_1'], 2), ['elu', 'relu_1']);
});
