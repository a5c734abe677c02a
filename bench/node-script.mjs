/** What a bench of the engine in Node needs: its models, and a script with the engine in it. */
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { kerasBin, run, setup } from '../scripts/setup.mjs';

const data = fileURLToPath(new URL('../conformance/data/bench', import.meta.url));

/**
 * Makes models with the models.py beside a TypeScript file, and bundles that.
 *
 * @param {string} entry path of the TypeScript file
 * @param {string[]} models names of those to make, where models.py takes any
 * @returns {Promise<{ script: string, data: string }>} the script for Node, and the folder of the models
 */
export async function nodeScript(entry, models = []) {
  await setup(['node', 'keras']);
  await mkdir(data, { recursive: true });
  run(kerasBin('python'), [join(dirname(entry), 'models.py'), data, ...models], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  const script = join(data, basename(entry).replace(/ts$/, 'mjs'));
  await build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error'
  });
  return { script, data };
}
