/**
 * How many changed pictures to run at a time: processor time of one picture by the size of its batch, forward and
 * with the gradient, on one thread of WASM in Node. Made into a script and run by bench-batches.mjs.
 */
import { readFileSync } from 'node:fs';
import { explainedInput } from '../../src/engine/input/input-space';
import { OpenModel } from '../../src/engine/model/open-model';
import { Pacer } from '../../src/engine/run/pacer';
import { InputProbe } from '../../src/engine/run/probe/input-probe';
import { scorePoint } from '../../src/engine/run/scoring/score-point';
import { useBackend } from '../../src/engine/testing/backends';
import { readModel } from '../../src/formats';
import type { ModelSummary } from '../../src/graph/layer-info';

const [path, sizes, rounds] = process.argv.slice(2);

async function main(): Promise<void> {
  await useBackend('wasm');
  const graph = await readModel(new Uint8Array(readFileSync(path)), path.split('/').at(-1)!);
  const model = new OpenModel(graph, {} as ModelSummary);
  const [{ node, shape }] = graph.inputs;
  const known = shape.map(size => size ?? 1);
  const target = { target: 0, score: 'logit', output: null } as const;
  const point = scorePoint(model, target, true)!;
  const input = explainedInput(graph, new Map([[node, known]]));
  const probe = new InputProbe({
    model,
    values: new Map(),
    input,
    sample: 0,
    point,
    target: 0,
    kind: 'logit',
    pacer: new Pacer({ aborted: false }),
    progress: () => undefined
  });
  const length = input.size.height * input.size.width * input.size.channels;
  const times: Record<string, Record<string, number[]>> = { scores: {}, gradients: {} };
  for (let round = 0; round <= Number(rounds); round++) {
    for (const ask of ['scores', 'gradients'] as const) {
      for (const count of sizes.split(',').map(Number)) {
        const pictures = Float32Array.from({ length: count * length }, (_, i) => Math.sin(0.37 * i + round));
        const before = process.cpuUsage();
        await probe[ask](pictures, count);
        const { user, system } = process.cpuUsage(before);
        if (round > 0) {
          (times[ask][count] ??= []).push((user + system) / 1000 / count);
        }
      }
    }
  }
  console.log(JSON.stringify(times));
}

await main();
