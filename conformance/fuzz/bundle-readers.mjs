/** The readers for Node, for the processes that open damaged and hostile files. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Below conformance/, from where it finds the project's libraries. */
export const READERS = fileURLToPath(new URL('../data/fuzz/readers.mjs', import.meta.url));

export async function bundleReaders() {
  await build({
    entryPoints: [fileURLToPath(new URL('readers.ts', import.meta.url))],
    outfile: READERS,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['h5wasm', '@tensorflow/*', '*/hdf5_util.js'],
    logLevel: 'error'
  });
}
