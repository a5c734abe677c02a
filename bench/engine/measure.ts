/**
 * Times one model in this process: our engine and tfjs-layers on the same
 * tfjs-core, the same WASM backend on one thread and the same files, round by
 * round in turn. Prints one JSON object.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { absoluteError, cosine } from '../../conformance/compare/compare.mjs';
import { decodeNpy } from '../../headless/npy.mjs';
import type { RunParams, RunResult, TensorData } from '../../src/engine/protocol/protocol';
import { useBackend } from '../../src/engine/testing/backends';
import { request } from '../../src/engine/testing/engines';
import { Engine } from '../../src/engine/worker/engine';
import { summarize } from '../../src/engine/worker/summarize';
import { explain } from '../../src/explain/registry';
import { readModel } from '../../src/formats';
import { rolled } from '../measure.mjs';

/** Layers, first to last, whose map is checked against one made the long way. */
const CHECKED = 8;
/** Maps of one plan differ in their rounding only; plans fold differently, which flips a ReLU here and there. */
const LIMITS = { output: 1e-4, samePlan: 0.99999, otherPlan: 0.999 };

/** One pass: milliseconds by the clock, and of the processor, which a loaded machine stretches less. */
interface Time {
  clock: number;
  cpu: number;
}

type Times = Record<'tfjs' | 'forward' | 'last' | 'every', Time[]>;

async function main(folder: string, rounds: number): Promise<void> {
  await useBackend('wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const picture = decodeNpy(readFileSync(join(folder, 'input.npy')), 'input.npy');
  const engine = new Engine({
    readModel,
    summarize,
    decode: () => Promise.reject(new Error('pictures are not decoded here'))
  });
  const summary = await engine.open(
    { model: 'model', name: 'model.json' },
    () => new Uint8Array(readFileSync(join(folder, 'model.json'))),
    {
      fetchSibling: async path => new Uint8Array(readFileSync(join(folder, path)))
    }
  );
  const spatial = summary.layers.filter(layer => layer.spatial && layer.op !== 'InputLayer').map(layer => layer.id);
  const last = summary.defaultLayer ?? spatial[spatial.length - 1];
  const peer = await loadLayersModel(filesIn(folder));

  const times: Times = { tfjs: [], forward: [], last: [], every: [] };
  let problems: string[] = [];
  // The first round warms both up and is not counted: weights are uploaded, code is compiled.
  for (let round = 0; round <= rounds; round++) {
    const input = rolled(picture, 8 * round);
    const run = (what: string, wanted: Partial<RunParams> = {}): Promise<RunResult> =>
      engine.run({ ...request(input, wanted), inputKey: `${what} ${round}` });
    const theirs = await timed(() => predict(peer, input));
    const forward = await timed(() => run('forward'));
    const one = await timed(() => run('last', { maps: [last] }));
    const every = await timed(() => run('every', { maps: spatial }));
    const off = absoluteError(Object.values(forward.result.outputs)[0].data, theirs.result);
    const same = cosine(one.result.maps[last].data, every.result.maps[last].data);
    if (!(off <= LIMITS.output * Math.max(...theirs.result)) || !(same >= LIMITS.otherPlan)) {
      problems.push(`round ${round}: the outputs differ by ${off}, the maps by ${1 - same}`);
    }
    if (round === 0) {
      problems = problems.concat(await check(run, spatial, every.result));
      continue;
    }
    times.tfjs.push(theirs.time);
    times.forward.push(forward.time);
    times.last.push(one.time);
    times.every.push(every.time);
  }
  console.log(JSON.stringify({ times, layers: spatial.length, last, problems }));
}

/** Maps of some layers beside those made from whole activations and gradients. */
async function check(
  run: (what: string, wanted: Partial<RunParams>) => Promise<RunResult>,
  layers: string[],
  { maps }: RunResult
): Promise<string[]> {
  const chosen = layers.filter((_, i) => i % Math.ceil(layers.length / CHECKED) === 0);
  const direct = await run('check', { activations: chosen, gradients: chosen, maps: layers });
  return chosen.flatMap(layer => {
    const [activation, gradient] = [direct.activations[layer], direct.gradients[layer]];
    const { data } = explain('grad-cam', activation.data, gradient.data, activation.shape);
    const off = [
      cosine(direct.maps[layer].data, data) >= LIMITS.samePlan,
      cosine(maps[layer].data, data) >= LIMITS.otherPlan
    ];
    return off.every(Boolean) ? [] : [`the map at ${layer} is not the one made from its activation and gradient`];
  });
}

async function predict(
  model: Awaited<ReturnType<typeof loadLayersModel>>,
  { data, shape }: TensorData
): Promise<Float32Array> {
  const input = tf.tensor(data, shape);
  const output = model.predict(input) as tf.Tensor;
  const values = await output.data<'float32'>();
  tf.dispose([input, output]);
  return values;
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; time: Time }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const clock = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { result, time: { clock, cpu: (user + system) / 1000 } };
}

function filesIn(folder: string): tf.io.IOHandler {
  const json = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const bytes = readFileSync(join(folder, 'weights.bin'));
  return {
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    })
  };
}

await main(process.argv[2], Number(process.argv[3]));
