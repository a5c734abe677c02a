/** The engine in Node, with the interface of the browser harness that compare-case.mjs drives. */
import { readFileSync } from 'node:fs';
import { Engine } from '../../src/engine/engine';
import { runParams } from '../../src/engine/plain-run';
import type { RunParams, RunResult, TensorData } from '../../src/engine/protocol';
import { summarize } from '../../src/engine/summarize';
import { useBackend } from '../../src/engine/testing/backends';
import { readModel } from '../../src/formats';

type Wanted = Partial<Omit<RunParams, 'inputs'>> & { model: string; inputKey: string; inputs: Record<string, TensorData> };

export interface Harness {
  backend: { backend: string; reason: string };
  open(path: string): Promise<void>;
  run(wanted: Wanted): Promise<RunResult>;
  closeModel(path: string): Promise<void>;
}

/** Models are known by their paths. */
export async function openHarness(backend: 'wasm' | 'cpu'): Promise<Harness> {
  await useBackend(backend);
  const engine = new Engine({ readModel, summarize, decode: () => Promise.reject(new Error('pictures are not decoded here')) });
  return {
    backend: { backend, reason: '' },
    open: async path => {
      await engine.open({ model: path, name: path.split('/').at(-1) ?? path }, () => new Uint8Array(readFileSync(path)));
    },
    run: ({ inputs, ...wanted }) =>
      engine.run(
        runParams({ ...wanted, inputs: Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, { kind: 'tensor', tensor }])) })
      ),
    closeModel: async path => engine.close(path)
  };
}
