/** Demands that files and folders stay small enough to be taken in at a look. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

const MOST_LINES = 400;
/** “About 20”: a folder that grows beyond has two subjects, and wants rooms. */
const MOST_FILES = 24;

/** Folders with more, and why. */
const LARGER = new Map([['.', 'tools look for their configuration here']]);
const SOURCE = /\.(?:tsx?|m?js|css|py)$/;
/** Made by a program, or a table. */
const NOT_WRITTEN = /^src\/engine\/kernels\/binary\.ts$|^src\/viewer\/color\/colormap-tables\.ts$/;

const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8'
});
const files = [...new Set(stdout.split('\n').filter(Boolean))];
/** @type {Map<string, number>} */
const counts = new Map();
for (const file of files) {
  const folder = dirname(file);
  counts.set(folder, (counts.get(folder) ?? 0) + 1);
}
const problems = [...counts]
  .filter(([folder, count]) => count > MOST_FILES && !LARGER.has(folder))
  .map(([folder, count]) => `${folder} has ${count} files of its own; divide it: ${MOST_FILES} at most.`);
for (const file of files.filter(name => SOURCE.test(name) && !NOT_WRITTEN.test(name))) {
  const lines = textOf(file).split('\n').length - 1;
  if (lines > MOST_LINES) {
    problems.push(`${file} has ${lines} lines; divide it by idea: ${MOST_LINES} at most.`);
  }
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

/** @param {string} file @returns {string} nothing of a file that is deleted but not yet committed so */
function textOf(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
}
