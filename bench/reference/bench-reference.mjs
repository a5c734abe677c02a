/**
 * The reference case, beside tf-keras-vis in the same run.
 *
 * Cold: from show() – a fresh page and worker, the model's bytes still on the
 * server – to the first Grad-CAM; tf-keras-vis from its import to its first
 * map. Steady: Grad-CAM of another picture each time, forward and backward.
 * Rounds are interleaved, so that both meet the same machine.
 */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cosine } from '../../conformance/compare/compare.mjs';
import { decodeNpy } from '../../headless/npy.mjs';
import { kerasBin, run as runCommand, setup } from '../../scripts/setup.mjs';
import { median, rolled } from '../measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const folder = join(root, 'conformance/data/reference-keras3.h5');
const model = join(folder, 'model.h5');
const LAYER = 'conv5_block32_concat';
const GOAL = { cold: 0.25, steady: 0.5 };

/** @param {{ rounds: number, steady: number, backend: string }} options how often, and on which backend */
export async function benchReference(options) {
  await setup(['build', 'chromium', 'keras']);
  runCommand(kerasBin('python'), [join(root, 'conformance/models/reference.py'), 'reference']);
  const picture = decodeNpy(await readFile(join(folder, 'input.npy')), 'input.npy');
  const [target] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')).targets;
  const { openHarness } = await import('../../headless/browser.mjs');
  const harness = await openHarness({ backend: options.backend });
  const rounds = [];
  try {
    for (let round = 0; round < options.rounds; round++) {
      const ours = await measureOurs(harness, options.backend, picture, target, options.steady);
      const peer = measurePeer(target, options.steady);
      const agreement = cosine(ours.map, Float32Array.from(peer.map.flat()));
      rounds.push({ ours, peer });
      console.error(
        `round ${round + 1}: gradlens ${ours.cold.toFixed(0)} / ${median(ours.steady).toFixed(0)} ms on ${ours.backend}, ` +
          `tf-keras-vis ${peer.cold.toFixed(0)} / ${median(peer.steady).toFixed(0)} ms, cosine of the maps ${agreement.toFixed(7)}`
      );
      if (!(agreement >= 0.9999)) {
        throw new Error('The two maps differ: the times compare different things.');
      }
    }
  } finally {
    await harness.close();
  }
  print(rounds);
}

async function measureOurs(harness, backend, picture, target, repetitions) {
  const wanted = { model, maps: [LAYER], target };
  const first = await harness.cold({ backend, inputs: { '': picture }, ...wanted });
  const steady = [];
  const phases = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const { timings } = await harness.run({ inputs: { '': rolled(picture, 8 * (repetition + 1)) }, ...wanted });
    steady.push(timings.total);
    phases.push(timings);
  }
  return {
    cold: first.timings.total,
    phases: { cold: first.timings, steady: phases },
    steady,
    backend: first.backend,
    map: first.maps[LAYER].data
  };
}

function measurePeer(target, repetitions) {
  const script = join(here, 'peer_tf_keras_vis.py');
  const args = [script, model, join(folder, 'input.npy'), LAYER, String(target), String(repetitions)];
  const { status, stdout, stderr } = spawnSync(kerasBin('python'), args, {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  if (status !== 0) {
    throw new Error(`tf-keras-vis failed: ${stderr.trim().split('\n').at(-1)}`);
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

function print(rounds) {
  const cold = rounds.map(({ ours, peer }) => [ours.cold, peer.cold]);
  const steady = rounds.flatMap(({ ours, peer }) => ours.steady.map((time, index) => [time, peer.steady[index]]));
  console.log('\n| | gradlens, median | tf-keras-vis, median | ratio of medians | goal |\n|---|---:|---:|---:|---:|');
  for (const [name, pairs] of Object.entries({ cold, steady })) {
    const [ours, peer] = [0, 1].map(side => median(pairs.map(pair => pair[side])));
    const cells = [name, `${ours.toFixed(0)} ms`, `${peer.toFixed(0)} ms`, (ours / peer).toFixed(2), `≤ ${GOAL[name]}`];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log('\n| milliseconds by phase | (start) | read | parse | upload | forward | backward | explain | total |');
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  const names = ['start', 'read', 'parse', 'upload', 'forward', 'backward', 'explain', 'total'];
  const phases = {
    cold: rounds.map(round => round.ours.phases.cold),
    steady: rounds.flatMap(round => round.ours.phases.steady)
  };
  for (const [row, timings] of Object.entries(phases)) {
    const cells = names.map(name => (name in timings[0] ? median(timings.map(time => time[name])).toFixed(0) : '–'));
    console.log(`| ${row} | ${cells.join(' | ')} |`);
  }
}
