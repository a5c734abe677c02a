/**
 * The HDF5 library. Some damaged files make its WebAssembly fail for good,
 * once in many thousands; then it is started afresh, in the same place, so
 * that other files can be read as before.
 */
import { ready } from 'h5wasm';
import startLibrary from '../../node_modules/h5wasm/dist/esm/hdf5_util.js';

export type H5Module = Awaited<typeof ready>;

/** Counts the library's starts: what was opened in an earlier one must be opened again. */
let generation = 0;
let broken = false;
let starting: Promise<H5Module> | null = null;

export function libraryGeneration(): number {
  return generation;
}

/** Whether the library failed and is not back yet. */
export function isLibraryBroken(): boolean {
  return broken;
}

/** The library, started again if it failed. */
export async function library(): Promise<H5Module> {
  starting ??= prepared(ready);
  return starting;
}

/** `ready` gives the module only once it is loaded; the errors of the library are then thrown, not printed. */
async function prepared(loading: Promise<H5Module>): Promise<H5Module> {
  const module = await loading;
  module.activate_throwing_error_handler();
  return module;
}

/**
 * Runs what calls the library. Where that fails beyond repair, begins to start
 * it afresh and throws what `describe` makes.
 */
export function guarded<T>(call: () => T, describe: () => Error): T {
  try {
    return call();
  } catch (error) {
    if (!isFatal(error)) {
      throw error;
    }
    if (!broken) {
      broken = true;
      starting = restart();
    }
    throw describe();
  }
}

/** A trap, an abort, or the stack run over (which leaves WebAssembly's own stack where it was). */
function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** h5wasm keeps its one module in a variable of its own, so a new one's members are put into the old one's place. */
async function restart(): Promise<H5Module> {
  const [old, fresh] = await Promise.all([ready, startLibrary({ noInitialRun: true })]);
  Object.assign(old, fresh);
  generation++;
  broken = false;
  return prepared(Promise.resolve(old));
}
