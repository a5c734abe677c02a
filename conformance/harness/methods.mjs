/** The explanation methods that the engine knows, from its own registry. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const registry = join(dirname(fileURLToPath(import.meta.url)), '../../src/explain/registry.ts');

/** @returns {Promise<string[]>} their names */
export async function methodNames() {
  const { outputFiles } = await build({ entryPoints: [registry], bundle: true, format: 'esm', write: false, logLevel: 'error' });
  const { methods } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return Object.keys(methods);
}
