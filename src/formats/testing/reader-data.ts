/** Reads the output of conformance/readers/generate.py, for specs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ModelGraph, Shape } from '../../graph/model-graph';
import { buildGraph } from '../keras/build-graph';
import { parseModel } from '../keras/config/parse-model';

const FOLDER = resolve(process.cwd(), 'conformance/data/readers');

export interface DescribedLayer {
  id: string;
  class: string;
  /** Inside a nested model. */
  nested: boolean;
  /** Of the output of each call. */
  shapes: Shape[];
  /** Names of the layers that each call takes. */
  parents: string[][];
  weights: Record<string, { shape: number[]; values: (number | null)[] }>;
}

export interface DescribedModel {
  name: string;
  version: string;
  parameters: number;
  nonTrainable: number;
  inputs: Shape[];
  outputs: Shape[];
  /** Names of nested models in the outermost one. */
  models: string[];
  layers: DescribedLayer[];
}

/** Throws a sentence when the data was not generated: these specs fail rather than skip. */
function requireData(): void {
  if (!existsSync(resolve(FOLDER, 'stamp.txt'))) {
    throw new Error(
      'conformance/data/readers is missing: run `.venv-keras/bin/python conformance/readers/generate.py` first.'
    );
  }
}

/** Names of the models that were described: `plain.keras3.h5`, … */
export function modelFiles(): string[] {
  requireData();
  return readdirSync(FOLDER).filter(name => existsSync(resolve(FOLDER, `${name}.json`)));
}

export function zooFiles(): string[] {
  requireData();
  return readdirSync(resolve(FOLDER, 'zoo'));
}

export function bytesOf(name: string): Uint8Array {
  requireData();
  return new Uint8Array(readFileSync(resolve(FOLDER, name)));
}

export function jsonOf<T>(name: string): T {
  requireData();
  // Python writes NaN and Infinity, which JSON does not know.
  return JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8').replace(/\b(NaN|-?Infinity)\b/g, 'null')) as T;
}

/** The architecture of keras.applications in a file of the zoo, without weights. */
export function architecture(file: string): ModelGraph {
  const { config } = jsonOf<{ config: unknown }>(`zoo/${file}.json`);
  const graph = buildGraph(
    parseModel(config, file),
    { find: () => ({}) },
    { fileName: file, format: 'none', kerasVersion: null, dispose: () => undefined }
  );
  return { ...graph, unsupported: [] };
}
