/** Imports a TypeScript module of the product into Node. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const sources = fileURLToPath(new URL('../src', import.meta.url));

/**
 * @param {string} entry path below src/, such as `explain/kinds.ts`
 * @returns {Promise<any>} what it exports
 */
export async function importSource(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(sources, entry)],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error'
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
