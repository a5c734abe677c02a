import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { beside, runAll } from './bench-kept.mjs';

test('runs the second benchmark where the first misses its goal, and ends with 1', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-bench-'));
  const script = (name, code) => {
    writeFileSync(join(folder, name), code);
    return join(folder, name);
  };
  const fails = script('a.mjs', 'process.exitCode = 1;');
  const ran = join(folder, 'ran');
  const writes = script('b.mjs', `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(ran)}, '');`);
  assert.equal(runAll([fails, writes]), 1);
  assert.ok(existsSync(ran));
  assert.equal(runAll([writes]), 0);
});

test('says a miss as a miss', () => {
  assert.equal(beside('three layers', 3.83e6, 3e6), 'MISSED: three layers take 3.83 MB; goal: under 3.00 MB.');
  assert.equal(beside('three layers', 2.7e6, 3e6), 'within the goal: three layers take 2.70 MB; goal: under 3.00 MB.');
});

test('is what npm runs', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.equal(scripts['bench:kept'], 'node bench/kept/bench-kept.mjs');
});
