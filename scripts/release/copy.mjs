/** A copy of what is committed, with the version that a release would give it: the tree itself stays as it is. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
 * Links of files where the disk is the same; not of the folder, which a bundler follows out of the copy.
 *
 * @param {string} to
 */
function copyPackages(to) {
  const from = join(root, 'node_modules');
  try {
    run('cp', ['-al', from, to], root);
  } catch {
    rmSync(to, { recursive: true, force: true });
    run('cp', ['-a', from, to], root);
  }
}

/**
 * @param {string} version
 * @param {string} folder where the copy goes, in no folder that the repository ignores: hatchling would then
 *   pack what it ignores, too
 */
export function copyWithVersion(version, folder) {
  run('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, folder], root);
  copyPackages(join(folder, 'node_modules'));
  symlinkSync(join(root, '.venv'), join(folder, '.venv'));
  run('npm', ['version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'], folder);
  const changelog = join(folder, 'CHANGELOG.md');
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(changelog, released(readFileSync(changelog, 'utf8'), version, today));
}
