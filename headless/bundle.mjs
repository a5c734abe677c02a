/** Imports a TypeScript module of the product into Node. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const sources = fileURLToPath(new URL('../src', import.meta.url));

/**
 * @param {string} entry path below src/, such as `explain/kinds.ts`
 * @returns {Promise<any>} what it exports
 */
export async function importSource(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'gradlens-'));
  // A file, which an error can name: a data URL would stand in its trace, whole.
  const outfile = join(folder, 'bundle.mjs');
  try {
    await build({ entryPoints: [join(sources, entry)], outfile, bundle: true, format: 'esm', logLevel: 'error' });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
