import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backendsOf, leftOut } from './coverage.mjs';

test('small applications with their top run on every backend, others on WASM', () => {
  assert.deepEqual(backendsOf('ResNet50-top'), ['wasm', 'webgl', 'cpu']);
  for (const folder of ['ResNet50-notop', 'ResNet152V2-top', 'EfficientNetV2L-top', 'ConvNeXtXLarge-top']) {
    assert.deepEqual(backendsOf(folder), ['wasm']);
  }
});

test('what was not run is named', () => {
  const folders = [
    { folder: 'nested-keras3.h5', application: false },
    { folder: 'ResNet50-notop', application: true }
  ];
  const rows = [
    { model: 'nested-keras3.h5', backend: 'wasm' },
    { model: 'nested-keras3.h5', backend: 'cpu' }
  ];
  const missing =
    'Not run yet: nested-keras3.h5 (webgl), ResNet50-notop (wasm). `npm run conformance` goes on with them.';
  assert.equal(leftOut(folders, rows).at(-1), missing);
  const all = [...rows, { model: 'nested-keras3.h5', backend: 'webgl' }, { model: 'ResNet50-notop', backend: 'wasm' }];
  assert.ok(!leftOut(folders, all).some(text => text.includes('Not run yet')));
});
