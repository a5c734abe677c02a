/** The explanation methods that the engine knows, from its own list. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const list = join(dirname(fileURLToPath(import.meta.url)), '../src/explain/kinds.ts');

async function kinds() {
  const { outputFiles } = await build({
    entryPoints: [list],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error'
  });
  const { METHOD_KINDS } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  return METHOD_KINDS;
}

/** @returns {Promise<string[]>} their names */
export async function methodNames() {
  return Object.keys(await kinds());
}

/** @returns {Promise<string[]>} names of those that explain the input, whatever the layer */
export async function inputMethodNames() {
  const all = await kinds();
  return Object.keys(all).filter(name => all[name].startsWith('input'));
}
