/** An engine around a graph made by hand. */
import type { ModelSummary } from '../../graph/layer-info';
import type { ModelGraph } from '../../graph/model-graph';
import { runParams } from '../page/run-params';
import type { RunParams, TensorData } from '../protocol/protocol';
import { Engine } from '../worker/engine';

const SUMMARY: ModelSummary = {
  model: 'model',
  name: 'model.h5',
  format: 'keras-h5',
  kerasVersion: null,
  inputs: [],
  outputs: [],
  scalings: {},
  layers: [],
  defaultLayer: null,
  parameters: 0,
  bytes: 1,
  notices: [],
  fingerprint: { size: 0, hash: '' },
  undeclared: []
};

/** The graph is open as `model`. */
export async function engineOf(graph: ModelGraph, cacheBudget?: number): Promise<Engine> {
  const services = {
    readModel: async () => graph,
    summarize: () => SUMMARY,
    decode: () => Promise.reject(new Error('there are no pictures in this test'))
  };
  const engine = new Engine(services, cacheBudget);
  await engine.open({ model: 'model', name: 'model.h5' }, () => new Uint8Array(1));
  return engine;
}

/** Parameters that ask for nothing but the outputs. */
export function request(tensor: TensorData, wanted: Partial<RunParams> = {}): RunParams {
  return runParams({ model: 'model', inputKey: 'input', inputs: { '': { kind: 'tensor', tensor } }, ...wanted });
}
