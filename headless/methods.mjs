/** The explanation methods that the engine knows, from its own list. */
import { importSource } from './bundle.mjs';

/** @returns {Promise<Record<string, string>>} what each explains, by name */
const kinds = async () => (await importSource('explain/kinds.ts')).METHOD_KINDS;

/** @returns {Promise<string[]>} their names */
export async function methodNames() {
  return Object.keys(await kinds());
}

/** @returns {Promise<string[]>} names of those that explain the input, whatever the layer */
export async function inputMethodNames() {
  const all = await kinds();
  return Object.keys(all).filter(name => all[name].startsWith('input'));
}
