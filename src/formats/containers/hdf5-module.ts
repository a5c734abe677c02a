/**
 * The HDF5 library. Some damaged files make its WebAssembly fail for good,
 * once in many thousands; then it is started afresh, in the same place, so
 * that other files can be read as before.
 */
import { ready } from 'h5wasm';
import startLibrary from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';
import { message, MessageError } from '../../messages/message';

export type H5Module = Awaited<typeof ready>;

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65536;

/** Counts the library's starts: what was opened in an earlier one must be opened again. */
let generation = 0;
let broken = false;
let starting: Promise<H5Module> | null = null;

export function libraryGeneration(): number {
  return generation;
}

/** True if the library failed and is not back yet. */
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
 * Runs what calls the library, which may take `allowance` more bytes of memory
 * for it. Where it fails beyond repair, begins to start it afresh and throws
 * what `describe` makes.
 */
export function guarded<T>(call: () => T, allowance: number, describe: () => Error): T {
  try {
    return withinMemory(allowance, call);
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

/**
 * Damaged lengths make the library ask for gigabytes. It can do without what
 * it does not get, and its memory can be kept from growing only where all
 * WebAssembly memory is: nothing else runs during this call.
 */
function withinMemory<T>(allowance: number, call: () => T): T {
  const { grow } = WebAssembly.Memory.prototype;
  let left = Math.ceil(allowance / PAGE);
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (pages > left) {
      throw new MessageError(message('more memory than this file can need'));
    }
    left -= pages;
    return grow.call(this, pages);
  };
  try {
    return call();
  } finally {
    WebAssembly.Memory.prototype.grow = grow;
  }
}

/** A trap, an abort, or the stack run over (which leaves WebAssembly's own stack where it was). */
function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/**
 * h5wasm keeps its one module in a variable of its own, so a new one's members are found in the old one's place. They
 * are asked for each time: the views of its memory are others whenever that has grown.
 */
async function restart(): Promise<H5Module> {
  const [old, fresh] = await Promise.all([ready, startLibrary({ noInitialRun: true }) as Promise<H5Module>]);
  for (const member of Object.keys(fresh) as (keyof H5Module)[]) {
    Object.defineProperty(old, member, {
      configurable: true,
      enumerable: true,
      get: () => fresh[member],
      set: (value: never) => (fresh[member] = value)
    });
  }
  generation++;
  broken = false;
  return prepared(Promise.resolve(old));
}
