/** Processor time of one changed picture by the size of its batch: what the rule of input-probe.ts is made from. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from '../measure.mjs';
import { nodeScript } from '../node-script.mjs';

const SIZES = [1, 2, 4, 8, 16];

/** @param {{ rounds: number }} options */
export async function benchBatches({ rounds }) {
  const { script, data } = await nodeScript(fileURLToPath(new URL('batches.ts', import.meta.url)));
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
