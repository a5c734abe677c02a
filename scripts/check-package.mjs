/**
 * Builds the wheel and the sdist and checks what is published: their contents,
 * their metadata, and that the sdist holds every file that it is built from.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NOTICES } from './release/third-party.mjs';
import { jupyterBin, root } from './setup.mjs';

const dist = join(root, '.work', 'dist');
/** Left out of the sdist on purpose (pyproject.toml), or no source. */
const NOT_IN_SDIST = /^(?:\.ci|\.github|bench|conformance|examples|headless|lite|ui-tests)\/|^\.git|^\.npmrc$/;
const IN_WHEEL = [
  'gradlens/py.typed',
  'gradlens/__init__.py',
  'gradlens/lessons/files/models/tank.keras',
  'gradlens/lessons/files/1-one-number-at-a-time.ipynb',
  'share/jupyter/labextensions/gradlens/package.json',
  'share/jupyter/labextensions/gradlens/install.json',
  'share/jupyter/labextensions/gradlens/static/standalone/page.html',
  'share/jupyter/labextensions/gradlens/static/standalone/engine.js.gz',
  `share/jupyter/labextensions/gradlens/static/standalone/${NOTICES}`
];

/** @param {string} command @param {string[]} args @returns {string} */
function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) {
    throw new Error(`“${args.join(' ')}” failed:\n${stdout}${stderr}`);
  }
  return stdout;
}

try {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  run(jupyterBin('python'), ['-m', 'build', '--no-isolation', '--outdir', dist, '.']);
  const files = readdirSync(dist).map(name => join(dist, name));
  const wheel = files.find(name => name.endsWith('.whl')) ?? '';
  const sdist = files.find(name => name.endsWith('.tar.gz')) ?? '';
  run(jupyterBin('check-wheel-contents'), [wheel]);
  run(jupyterBin('twine'), ['check', '--strict', wheel, sdist]);

  const inWheel = run(jupyterBin('python'), ['-m', 'zipfile', '--list', wheel]);
  const missing = IN_WHEEL.filter(name => !inWheel.includes(name));
  const packed = new Set(
    run('tar', ['--list', '--file', sdist])
      .split('\n')
      .map(name => name.slice(name.indexOf('/') + 1))
  );
  const sources = run('git', ['ls-files']).split('\n').filter(Boolean);
  missing.push(...sources.filter(name => !NOT_IN_SDIST.test(name) && !packed.has(name)));
  if (missing.length > 0) {
    throw new Error(`The packages lack ${missing.join(', ')}.`);
  }
  console.log(`The wheel and the sdist are whole: ${packed.size} files from ${sources.length} sources.`);
} catch (error) {
  console.error(`package: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
