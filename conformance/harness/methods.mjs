/** The explanation methods that the engine knows, from its own list. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const list = join(dirname(fileURLToPath(import.meta.url)), '../../src/explain/kinds.ts');

/** @returns {Promise<string[]>} their names */
export async function methodNames() {
  const { outputFiles } = await build({ entryPoints: [list], bundle: true, format: 'esm', write: false, logLevel: 'error' });
  const { METHOD_KINDS } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return Object.keys(METHOD_KINDS);
}
