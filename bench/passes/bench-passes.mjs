/**
 * Methods of many passes on the reference case, on one worker and on more, beside tf-keras-vis and beside
 * the same passes compiled by TensorFlow, in the same run.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cosine } from '../../conformance/compare/compare.mjs';
import { decodeNpy } from '../../headless/npy.mjs';
import { kerasBin, run as runCommand, setup } from '../../scripts/setup.mjs';
import { median } from '../measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const folder = join(root, 'conformance/data/reference-keras3.h5');
const model = join(folder, 'model.h5');
const LAYER = 'conv5_block32_concat';

export const METHODS = ['score-cam', 'integrated-gradients', 'smooth-grad', 'occlusion'];

/** @param {{ rounds: number, backend: string, methods: string[], workers: number[] }} options the first of `workers` is what the others are measured by */
export async function benchPasses({ rounds, backend, methods, workers }) {
  await setup(['build', 'chromium', 'keras']);
  runCommand(kerasBin('python'), [join(root, 'conformance/models/reference.py'), 'reference']);
  const picture = decodeNpy(await readFile(join(folder, 'input.npy')), 'input.npy');
  const [target] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')).targets;
  const { openHarness } = await import('../../headless/browser.mjs');
  const harness = await openHarness({ backend });
  const times = Object.fromEntries(methods.map(method => [method, { ours: {}, compiled: [], library: [] }]));
  try {
    for (let round = 0; round < rounds; round++) {
      const peer = measurePeer(target, methods);
      const maps = {};
      for (const count of workers) {
        harness.workers = count;
        await harness.restart(backend);
        await harness.open(model);
        await harness.run({ model, inputs: { '': picture }, inputKey: 'picture', maps: [LAYER], target });
        for (const method of methods) {
          const wanted = { model, inputs: { '': picture }, inputKey: 'picture', maps: [LAYER], target, method };
          const { timings, maps: found, notices } = await harness.run(wanted);
          const map = found[LAYER].data;
          check(`${method} on ${count} workers`, map, (maps[method] ??= map), 1);
          check(method, map, peer[method].map, 0.999);
          (times[method].ours[count] ??= []).push(timings.total);
          console.error(`${method}, ${count} workers: ${timings.total.toFixed(0)} ms ${notices.filter(isLoss).join()}`);
        }
      }
      methods.forEach(method => ['compiled', 'library'].forEach(kind => times[method][kind].push(peer[method][kind])));
    }
  } finally {
    await harness.close();
  }
  print(times, workers);
}

const isLoss = notice => notice.startsWith('A worker stopped');

/** Different maps would mean that the times compare different things. */
function check(what, ours, other, least) {
  if (other === null) {
    return;
  }
  const same = least === 1 ? ours.every((value, i) => Object.is(value, other[i])) : cosine(ours, other) >= least;
  if (!same) {
    throw new Error(`${what}: the map is another one (cosine ${cosine(ours, other).toFixed(6)}).`);
  }
}

function measurePeer(target, methods) {
  const args = [join(here, 'peer_passes.py'), model, join(folder, 'input.npy'), LAYER, String(target), ...methods];
  const { status, stdout, stderr } = spawnSync(kerasBin('python'), args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  if (status !== 0) {
    throw new Error(`The peers failed: ${stderr.trim().split('\n').at(-1)}`);
  }
  const lines = stdout.split('\n').filter(line => line.startsWith('{"method"'));
  return Object.fromEntries(
    lines.map(line => {
      const { method, map, ...rest } = JSON.parse(line);
      console.error(
        `${method}: compiled ${rest.compiled.toFixed(0)} ms, tf-keras-vis ${rest.library?.toFixed(0) ?? '–'} ms`
      );
      return [method, { ...rest, map: map && Float32Array.from(map.flat()) }];
    })
  );
}

function print(times, workers) {
  const [one, ...more] = workers;
  const head = ['', ...workers.map(count => `${count} worker${count > 1 ? 's' : ''}`)];
  const scaled = more.map(count => `efficiency of ${count}`);
  const ratios = ['tf-keras-vis', 'compiled TensorFlow', '/ tf-keras-vis (goal 0.6)', '/ compiled (goal 1.3)'];
  console.log(`\n| ${[...head, ...scaled, ...ratios].join(' | ')} |`);
  console.log(`|---|${'---:|'.repeat(head.length + scaled.length + ratios.length - 1)}`);
  for (const [method, { ours, compiled, library }] of Object.entries(times)) {
    const middle = Object.fromEntries(workers.map(count => [count, median(ours[count])]));
    const best = middle[workers[workers.length - 1]];
    const [peer, loop] = [library[0] === null ? null : median(library), median(compiled)];
    const seconds = value => (value === null ? '–' : `${(value / 1000).toFixed(1)} s`);
    const cells = [
      method,
      ...workers.map(count => seconds(middle[count])),
      ...more.map(count => `${((100 * middle[one] * one) / (middle[count] * count)).toFixed(0)} %`),
      seconds(peer),
      seconds(loop),
      peer === null ? '–' : (best / peer).toFixed(2),
      (best / loop).toFixed(2)
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
