/** Bundled into pages by browser specs: runs cases and models on WebGL as the worker does. */
import '@tensorflow/tfjs-backend-webgl';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { network, picture } from '../../explain/testing/network';
import { configureWebgl } from '../backend/webgl-flags';
import type { RunParams } from '../protocol/protocol';
import { engineOf, request } from './engines';
import { noise } from './graphs';
import { encode, type StoredTensor } from './numbers';
import { type OpCase, type OpResult, runOpCase } from './op-case';
import { runGraph } from './run-graph';
import { SHAPE_MODELS } from './shape-models';
import { restoreGraph, type StoredGraph } from './stored-graph';

/** Starts WebGL, on a software renderer where there is no GPU; returns the backend that runs. */
export async function start(): Promise<string> {
  configureWebgl();
  await tf.setBackend('webgl');
  await tf.ready();
  return tf.getBackend();
}

export function run(test: OpCase): Promise<OpResult> {
  return runOpCase(test);
}

/** Runs a graph forward and backward, given as JSON: `{ graph, inputs, seed }`, stored. */
export async function runStored(text: string): Promise<{ output: StoredTensor; gradients: StoredTensor[] }> {
  const given = JSON.parse(text) as { graph: StoredGraph; inputs: StoredTensor[]; seed: StoredTensor };
  const { output, gradients } = await runGraph(restoreGraph(given.graph), given.inputs, given.seed);
  return {
    output: encode(output.shape, output.data),
    gradients: gradients.map(gradient => encode([gradient.length], gradient))
  };
}

/** Runs a model of shape-models.ts on a batch; returns its output. */
export async function runModel(name: string, batch: number): Promise<number[]> {
  const engine = await engineOf(SHAPE_MODELS[name]());
  const data = noise(batch * 28 * 28, 17);
  const { outputs } = await engine.run(request({ shape: [batch, 28, 28, 1], data }));
  engine.close('model');
  return [...Object.values(outputs)[0].data];
}

/** Grows pictures in the small network, given as JSON: `{ target, ascent }`; gives them, stored, with their scores. */
export async function seek(text: string): Promise<{ pictures: StoredTensor; scores: number[] }> {
  const asked = JSON.parse(text) as Pick<RunParams, 'target' | 'ascent'>;
  const { data, shape } = picture();
  const size = shape[1] * shape[2] * shape[3];
  const engine = await engineOf(network());
  const { ascent } = await engine.run(request({ shape: [1, ...shape.slice(1)], data: data.slice(0, size) }, asked));
  engine.close('model');
  const { pictures, scores } = ascent!;
  return { pictures: encode(pictures.shape, pictures.data), scores: [...scores] };
}

interface Binary {
  source: string;
}

const mismatches: string[] = [];

/** From now on compiles each shader that comes from the cache anew as well, and compares the two. */
export function compareCachedShaders(): void {
  const backend = tf.backend() as unknown as Pick<MathBackendWebGL, never> & {
    getAndSaveBinary(key: string, compile: () => Binary): Binary;
  };
  const cached = backend.getAndSaveBinary.bind(backend);
  backend.getAndSaveBinary = (key, compile) => {
    const binary = cached(key, compile);
    if (binary.source !== compile().source) {
      mismatches.push(key.split('_')[0]);
    }
    return binary;
  };
}

/** The programs whose cached source was not that of the shapes that they were used for. */
export function mismatchedShaders(): string[] {
  return mismatches;
}
