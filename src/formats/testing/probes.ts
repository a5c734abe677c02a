/** The models of conformance/probes: one operator each, by either Keras, with its numbers. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { decode, relativeError, type StoredTensor } from '../../engine/testing/numbers';
import { readReference } from '../../engine/testing/references';
import type { ModelGraph } from '../../graph/model-graph';
import { english } from '../../messages/message';
import type { StandIns } from '../../mime/payload';
import { readModel } from '../index';

export interface Probe {
  name: string;
  writer: string;
  /** The table that it is from, a module of conformance/probes. */
  table:
    | 'operators'
    | 'functions'
    | 'windows'
    | 'activations'
    | 'customs'
    | 'calls'
    | 'layers'
    | 'recurrent'
    | 'architectures'
    | 'volumes'
    | 'integers'
    | 'orders'
    | 'further'
    | 'masks';
  /** Name of the model's file. */
  file: string;
  /** Words of the sentence that refuses it; null for what runs. */
  refused: string | null;
  /** Declarations of the user's own layers. */
  layers: StandIns;
  inputs: StoredTensor[];
  output: StoredTensor;
  seed: StoredTensor;
  /** None where TensorFlow has none. */
  gradients: StoredTensor[];
}

const FOLDER = 'conformance/data/probes';
const LIMIT = 1e-5;

/** Those that run, or those that are refused, with words to call a test. */
export function probes(isRefused = false): [title: string, probe: Probe][] {
  const all = readReference<(Probe & { files: string[] })[]>(`${FOLDER}/probes.json`, 'conformance/probes/generate.py');
  const some = all.filter(({ refused }) => (refused !== null) === isRefused);
  return some.flatMap(({ files, ...probe }) =>
    files.map((file): [string, Probe] => [`${probe.name} (${file})`, { ...probe, file }])
  );
}

export function readFile({ file, layers }: Probe, standIns = layers): Promise<ModelGraph> {
  return readModel(new Uint8Array(readFileSync(`${FOLDER}/${file}`)), file, null, standIns);
}

/** Reads a probe's model, of which all can run. */
export async function readProbe(probe: Probe): Promise<ModelGraph> {
  const graph = await readFile(probe);
  expect(graph.unsupported.map(({ reason }) => english(reason))).toEqual([]);
  expect(graph.outputs[0].shape.slice(1)).toEqual(probe.output.shape.slice(1));
  return graph;
}

/** The numbers are Keras'. `isGpu` leaves out where Keras has no number: GPUs may have any there. */
export function expectProbe(
  probe: Probe,
  output: { shape: number[]; data: Float32Array },
  gradients: Float32Array[],
  isGpu = false
): void {
  const errorOf = (ours: Float32Array, keras: StoredTensor): number => {
    const theirs = decode(keras);
    const isLeftOut = (i: number): boolean => Number.isNaN(theirs[i]) && (isGpu || Number.isNaN(ours[i]));
    return relativeError(
      ours.map((value, i) => (isLeftOut(i) ? 0 : value)),
      theirs.map((value, i) => (isLeftOut(i) ? 0 : value))
    );
  };
  expect(output.shape).toEqual(probe.output.shape);
  expect(errorOf(output.data, probe.output)).toBeLessThan(LIMIT);
  probe.gradients.forEach((gradient, i) => expect(errorOf(gradients[i], gradient)).toBeLessThan(LIMIT));
}
