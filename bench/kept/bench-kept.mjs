/** `npm run bench:kept`: both benchmarks of what a notebook keeps. A goal that one misses is said, and exits with 1 at the end. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs scripts one after the other, whatever each ends with; 1 if one of them failed, else 0. */
export function runAll(scripts) {
  const codes = scripts.map(script => spawnSync(process.execPath, [script], { stdio: 'inherit' }).status);
  return codes.some(code => code !== 0) ? 1 : 0;
}

/** One line on a size beside the goal for it. */
export const beside = (what, bytes, goal) =>
  `${bytes < goal ? 'within the goal' : 'MISSED'}: ${what} take ${(bytes / 1e6).toFixed(2)} MB; goal: under ${(goal / 1e6).toFixed(2)} MB.`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = fileURLToPath(new URL('.', import.meta.url));
  process.exitCode = runAll(['bench-sizes.mjs', 'bench-opening.mjs'].map(name => join(here, name)));
}
