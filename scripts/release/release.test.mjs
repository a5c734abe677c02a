import assert from 'node:assert/strict';
import test from 'node:test';
import { released } from './copy.mjs';
import { faultsOf, missing } from './dry-run.mjs';
import { notices, packagesIn } from './third-party.mjs';

const tree = {
  package: '{"version": "0.2.0"}',
  changelog: '# Changelog\n\n## [Unreleased]\n\n## [0.2.0]\n\n### Added\n\n- A thing.\n',
  changed: ''
};

test('a tree that is ready lacks nothing', () => assert.deepEqual(missing('0.2.0', tree), []));

test('what is missing is said, one sentence each', () => {
  const old = {
    package: '{"version": "0.1.0"}',
    changelog: '## [Unreleased]\n\n- A.\n- B.\n',
    changed: ' M a\n M b\n'
  };
  const [version, changelog, changed] = missing('0.2.0', old);
  assert.match(version, /says 0\.1\.0/);
  assert.match(changelog, /move the 2 entries of \[Unreleased\]/);
  assert.match(changed, /2 files are not committed/);
  const empty = { ...tree, changelog: '## [0.2.0]\n\n## [0.1.0]\n\n- Old.\n' };
  assert.match(missing('0.2.0', empty)[0], /has no entries/);
});

test('a version gets what was unreleased', () => {
  const text = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n';
  const made = released(text, '0.2.0', '2026-11-30');
  assert.match(made, /## \[Unreleased\]\n\n## \[0\.2\.0\] - 2026-11-30\n\n### Added\n\n- A thing/);
  assert.deepEqual(missing('0.2.0', { ...tree, changelog: made }), []);
  assert.equal(released(made, '0.2.0', '2026-12-01'), made);
});

test('an npm package without what it needs, or with tests, is at fault', () => {
  const whole = ['LICENSE', 'README.md', 'lib/index.js', 'style/index.css', 'schema/settings.json'];
  assert.deepEqual(faultsOf(whole), []);
  const [lacks, holds] = faultsOf([...whole.slice(1), 'lib/a.spec.js']);
  assert.match(lacks, /lacks LICENSE/);
  assert.match(holds, /holds 1 tests, such as lib\/a\.spec\.js/);
});

test('packages are known by the files that a bundle is made of', () => {
  const inputs = ['node_modules/react/index.js', 'node_modules/a/node_modules/@b/c/d.js', 'src/x.ts'];
  const metafile = { inputs: Object.fromEntries(inputs.map(name => [name, {}])), outputs: {} };
  assert.deepEqual(packagesIn([/** @type {never} */ (metafile)]), [
    'node_modules/a/node_modules/@b/c',
    'node_modules/react'
  ]);
});

test('each package comes with the text of its licence', () => {
  const text = notices([
    'node_modules/react',
    'node_modules/@tensorflow/tfjs-core',
    'node_modules/seedrandom',
    'node_modules/@lumino/algorithm'
  ]);
  assert.match(text, /^react \d.*\(MIT\)\n\n[\s\S]*Permission is hereby granted/);
  assert.match(text, /tfjs-core \d.* \(Apache-2\.0\)\n\n\s*Apache License\s+Version 2\.0/);
  assert.match(text, /seedrandom \d.* \(MIT\)\n\nCopyright \d+ David Bau\.\s+Permission is hereby granted/);
  assert.match(text, /@lumino\/algorithm \d.*\n\nBSD 3-Clause License\n\nCopyright \(c\) Project Jupyter/);
  assert.throws(() => notices(['bench']), /ENOENT/);
});
