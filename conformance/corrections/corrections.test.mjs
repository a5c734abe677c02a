import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { CORRECTIONS } from './corrections.mjs';
import { locateText } from './locate-text.mjs';

for (const { name, file, from, to } of CORRECTIONS) {
  test(`the source still has the correction: ${name}`, async () => {
    const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    assert.equal(locateText(source, from).length, 1, `${file} does not hold its text exactly once`);
    assert.notEqual(from, to);
  });
}

test('a text is found whatever the layout, and each time that it stands there', () => {
  assert.deepEqual(locateText('a(\n  b,\n  c)', 'a(b, c)'), [[0, 12]]);
  assert.equal(locateText('x; y; x;', 'x;').length, 2);
  assert.deepEqual(locateText('x', 'y'), []);
});
