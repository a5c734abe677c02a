/** Processor time of one changed picture by the size of its batch: what the rule of input-probe.ts is made from. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { kerasBin, run as runCommand, setup } from '../../scripts/setup.mjs';
import { median } from '../measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, '../../conformance/data/bench');
const SIZES = [1, 2, 4, 8, 16];

/** @param {{ rounds: number }} options */
export async function benchBatches({ rounds }) {
  await setup(['node', 'keras']);
  await mkdir(data, { recursive: true });
  runCommand(kerasBin('python'), [join(here, 'models.py'), data], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  const script = join(data, 'batches.mjs');
  await build({
    entryPoints: [join(here, 'batches.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error'
  });
  console.log('\nMilliseconds of processor time for one picture, by the pictures in its batch.\n');
  console.log(`| model | | ${SIZES.join(' | ')} |\n|---|---|${'---:|'.repeat(SIZES.length)}`);
  for (const model of ['cnn-32', 'cnn-64', 'MobileNetV2-96', 'MobileNetV2-224']) {
    const file = join(data, `${model}.keras`);
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, SIZES.join(), String(rounds)]);
    for (const [ask, times] of Object.entries(JSON.parse(stdout))) {
      console.log(`| ${[model, ask, ...SIZES.map(count => median(times[count]).toFixed(1))].join(' | ')} |`);
    }
  }
}
