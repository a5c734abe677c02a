/** tfjs backends for tests in Node. */
import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

export const NODE_BACKENDS = ['cpu', 'wasm'] as const;

/** Makes a backend the current one; throws if it cannot start. */
export async function useBackend(name: (typeof NODE_BACKENDS)[number]): Promise<void> {
  if (name === 'wasm') {
    setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  }
  if (!(await tf.setBackend(name))) {
    throw new Error(`The ${name} backend of tfjs did not start.`);
  }
  await tf.ready();
}
