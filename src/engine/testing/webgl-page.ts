/** Bundled into a page by ops.browser.spec.ts: runs cases on WebGL as the worker does. */
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { configureWebgl } from '../backend/webgl-flags';
import { type OpCase, type OpResult, runOpCase } from './op-case';

/** Starts WebGL, on a software renderer where there is no GPU; says which backend runs. */
export async function start(): Promise<string> {
  configureWebgl();
  await tf.setBackend('webgl');
  await tf.ready();
  return tf.getBackend();
}

export function run(test: OpCase): Promise<OpResult> {
  return runOpCase(test);
}
