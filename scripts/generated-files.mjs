/** Files that scripts write from other sources: written, or with --check compared. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Writes a generated file if its text has changed. With --check on the command
 * line nothing is written: a file that is out of date is named, and the
 * process ends with 1.
 *
 * @param {string} path relative to the project's root
 * @param {string} text what the file should hold
 * @param {string} command the npm script that writes it
 */
export function keepUpToDate(path, text, command) {
  if (textOf(path) === text) {
    return;
  }
  if (process.argv.includes('--check')) {
    console.error(`gradlens: ${path} is out of date; run npm run ${command}.`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

/** @returns {string | null} null where there is no such file yet */
function textOf(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}
