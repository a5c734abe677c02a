/**
 * The engine beside tfjs-layers, on WASM with one thread, in one Node process
 * a model: forward, Grad-CAM at the last layer before the head, and Grad-CAM
 * at every layer with image axes. See measure.ts.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from '../measure.mjs';
import { nodeScript } from '../node-script.mjs';

export const MODELS = ['MobileNetV2', 'ResNet50', 'DenseNet121', 'DenseNet169'];

/** A comparison: the times of one thing over those of another, and the largest ratio allowed. */
const RATIOS = [
  ['forward / tfjs-layers', 'forward', 'tfjs', 0.7],
  ['Grad-CAM at the last / forward', 'last', 'forward', 1.5],
  ['Grad-CAM of every layer / forward', 'every', 'forward', 3]
];

/** @param {{ rounds: number, models: string[] }} options */
export async function benchEngine({ rounds, models }) {
  const { script, data } = await nodeScript(fileURLToPath(new URL('measure.ts', import.meta.url)), models);
  console.log('\nMilliseconds by the clock; ratios of these and of processor time, medians over the rounds.');
  console.log(
    '\n| model | tfjs-layers | forward | Grad-CAM, last | Grad-CAM, every | layers | forward / tfjs-layers (goal 0.7) | last / forward (1.5) | every / forward (3) |'
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const model of models) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(data, model), String(rounds)]);
    const { times, layers, problems } = JSON.parse(stdout);
    if (problems.length) {
      throw new Error(`${model}: the times compare different things: ${problems.join('; ')}.`);
    }
    const middle = Object.fromEntries(
      Object.entries(times).map(([name, values]) => [name, median(values.map(time => time.clock))])
    );
    const milliseconds = ['tfjs', 'forward', 'last', 'every'].map(name => `${middle[name].toFixed(0)} ms`);
    // Ratios within a round, whose runs meet the same machine; then their median.
    const ratios = RATIOS.map(([, over, under, goal]) => {
      const [clock, cpu] = ['clock', 'cpu'].map(kind =>
        median(times[over].map((time, round) => time[kind] / times[under][round][kind]))
      );
      return `${clock.toFixed(2)} / ${cpu.toFixed(2)}${clock > goal ? ' (missed)' : ''}`;
    });
    console.log(`| ${[model, ...milliseconds, layers, ...ratios].join(' | ')} |`);
  }
}
