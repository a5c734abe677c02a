/** Memory for a model that is on its way. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

const MEGABYTE = 1024 * 1024;
/** Bytes for a model's values besides its weights, which are stored twice: as they are and as the kernels need them. */
const VALUES = 128 * MEGABYTE;
/** Not more than this ahead of need, whatever a file's size. */
const MOST = 512 * MEGABYTE;

/**
 * Makes the WASM backend's memory large enough for a model file of so many
 * bytes, at once and while the file is on its way: left to itself it grows in
 * many steps, which cost the reference case's first pass a fifth of its time.
 * Memory that is not used is not taken from the machine.
 */
export function reserveFor(bytes: number): void {
  if (tf.getBackend() !== 'wasm') {
    return;
  }
  const backend = tf.backend() as BackendWasm;
  const { dataId } = backend.makeOutput([Math.min(2 * bytes + VALUES, MOST) / 4], 'float32');
  backend.disposeData(dataId);
}
