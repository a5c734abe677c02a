/**
 * Keras in another process: writes one case's reference, and then judges what
 * the engine computed by conformance/models/substitution.py.
 */
import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kerasBin } from '../../scripts/setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Limits of the proofs: a layer by itself, from our own values of the layers
 * before it, within `alone` of Keras in float64; a gradient and a map within
 * `gradient` and `map` (1 - cosine) of those of the network at our activations.
 */
export const PROOF_LIMITS = { alone: 1e-5, gradient: 1e-9, map: 1e-7 };

/**
 * @param {string} folder of the case, by its name
 * @returns {Promise<{ check(runs: Record<string, object>): Promise<object>, close(): void }>} when the reference is
 *   written; `runs` are what the engine gave, by score, and `check` gives what substitution.py says of them
 */
export async function openKeras(folder) {
  const child = spawn(kerasBin('python'), [join(here, '../models/reference.py'), '--serve', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  let complaint = '';
  child.stderr.on('data', part => (complaint = (complaint + part).slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`Keras ended while it worked on ${folder}: ${complaint.trim().split('\n').at(-1)}`);
    }
    return value;
  };
  await answer();
  return {
    async check(runs) {
      const path = join(here, '../data', folder, 'ours');
      await writeValues(path, runs);
      child.stdin.write(`${path}\n`);
      const said = JSON.parse(await answer());
      await rm(path, { recursive: true });
      return said;
    },
    close: () => child.stdin.end()
  };
}

/** All arrays in one file, `values.f32`, and where each is, in `index.json`. */
async function writeValues(path, runs) {
  const parts = [];
  let offset = 0;
  const placed = values =>
    Object.fromEntries(
      Object.entries(values).map(([name, { shape, data }]) => {
        parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
        const entry = { offset, shape };
        offset += data.length;
        return [name, entry];
      })
    );
  const byScore = kind => Object.fromEntries(Object.entries(runs).map(([score, run]) => [score, placed(run[kind])]));
  const index = {
    activations: placed(Object.values(runs)[0].activations),
    gradients: byScore('gradients'),
    maps: byScore('maps')
  };
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'values.f32'), parts);
  await writeFile(join(path, 'index.json'), JSON.stringify(index));
}

/**
 * Summarises the proof, and what it refutes.
 *
 * @param {object} said by `check`
 * @returns {{ alone: number, gradient: number, map: number, flips: { relu: number, pooling: number }, decisions: number,
 *   refuted: string[] }} the worst of each kind
 */
export function verdict({ alone, gradients, maps, flips, decisions }) {
  const refuted = [];
  const worst = { gradient: 0, map: 0 };
  if (!(alone.error <= PROOF_LIMITS.alone)) {
    refuted.push(`${alone.layer} by itself has a relative error of ${alone.error.toExponential(1)}`);
  }
  for (const [kind, byScore] of [
    ['gradient', gradients],
    ['map', maps]
  ]) {
    for (const [score, byLayer] of Object.entries(byScore)) {
      for (const [layer, angle] of Object.entries(byLayer)) {
        worst[kind] = Math.max(worst[kind], angle);
        if (!(angle <= PROOF_LIMITS[kind])) {
          refuted.push(
            `${kind} of ${layer}, ${score}, is not that of the network at our activations: 1 - cosine ${angle.toExponential(1)}`
          );
        }
      }
    }
  }
  return { alone: alone.error, ...worst, flips, decisions, refuted };
}
