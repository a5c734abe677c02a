/** A copy of what is committed, with the version that a release would give it: the tree itself stays as it is. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup.mjs';

/** @param {string} command @param {string[]} args @param {string} cwd @returns {string} what it prints */
export function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) {
    throw new Error(`“${[command, ...args].join(' ')}” failed:\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  }
  return stdout;
}

/**
 * A changelog in which a version has what was unreleased.
 *
 * @param {string} text
 * @param {string} version
 * @param {string} date as 2026-11-30
 * @returns {string}
 */
export function released(text, version, date) {
  return text.includes(`## [${version}]`)
    ? text
    : text.replace(/^## \[Unreleased\]\n/m, `## [Unreleased]\n\n## [${version}] - ${date}\n`);
}

/**
 * @param {string} version
 * @param {string} folder where the copy goes: what is there is removed
 */
export function copyWithVersion(version, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  run('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, folder], root);
  // Links of files, not of the folder: a bundler follows that one out of the copy.
  run('cp', ['-al', join(root, 'node_modules'), join(folder, 'node_modules')], root);
  symlinkSync(join(root, '.venv'), join(folder, '.venv'));
  run('npm', ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'], folder);
  const changelog = join(folder, 'CHANGELOG.md');
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(changelog, released(readFileSync(changelog, 'utf8'), version, today));
}
