/**
 * Every architecture of keras.applications, from `.keras` and `.h5`, with and
 * without top, in Node on the WASM backend, beside Keras on TensorFlow.
 *
 *   node conformance/zoo/run.mjs [architecture …]
 *   node conformance/zoo/run.mjs --table    only writes the table of what was done
 *
 * Takes about an hour and, for the largest, 8 GB; what is done is kept in
 * conformance/zoo/results.json and not done again unless it is named. Writes
 * conformance/ZOO.md and exits non-zero when anything is outside the limits.
 */
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kerasBin } from '../../scripts/setup.mjs';
import { decodeNpy } from '../harness/npy.mjs';
import { ARCHITECTURES } from './architectures.mjs';
import { compareFile } from './compare.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, '../data/zoo');
const RESULTS = join(here, 'results.json');
/** What compare-case and Keras need for one file of one architecture at most. */
const FILE_LIMIT_MS = 20 * 60_000;

async function main() {
  const [child, folder, file] = process.argv.slice(2);
  if (child === '--compare') {
    process.stdout.write(JSON.stringify(await compare(folder, file)));
    return;
  }
  const named = process.argv.slice(2);
  const rows = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '[]'));
  const tableOnly = child === '--table';
  if (!tableOnly) {
    await bundle();
  }
  for (const name of tableOnly ? [] : named.length ? named : ARCHITECTURES) {
    for (const top of ['top', 'notop']) {
      const done = rows.some(row => row.folder.startsWith(`${name}-${top}.`));
      if (named.length || !done) {
        await runOne(name, top, rows);
        await writeFile(RESULTS, JSON.stringify(rows, null, 1) + '\n');
      }
    }
  }
  await writeFile(join(here, '../ZOO.md'), `${HEADING}\n${table(ordered(rows))}\n\n${missing(rows)}`);
  const failed = rows.filter(row => !within(row));
  if (failed.length) {
    throw new Error(`${failed.length} of ${rows.length} comparisons are outside the limits.`);
  }
}

async function runOne(name, top, rows) {
  const path = join(data, `${name}-${top}`);
  try {
    await output(kerasBin('python'), [join(here, 'generate.py'), path, name, top]);
    for (const file of ['model.keras', 'model.h5']) {
      const folder = `${name}-${top}.${file.split('.')[1]}`;
      const start = performance.now();
      // A process each, so that what one leaves behind is not the next one's.
      const row = await output(process.execPath, ['--max-old-space-size=12000', fileURLToPath(import.meta.url), '--compare', path, file])
        .then(JSON.parse)
        .catch(error => failedRow(error.message));
      Object.assign(row, { folder });
      const known = rows.findIndex(other => other.folder === folder);
      rows.splice(known < 0 ? rows.length : known, known < 0 ? 0 : 1, row);
      console.error(`${within(row) ? 'ok    ' : 'FAILED'} ${folder} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
      row.problems.forEach(problem => console.error(`       ${problem}`));
    }
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

const failedRow = problem => ({ output: NaN, activation: NaN, gradient: NaN, map: NaN, own: {}, problems: [problem] });

const within = row => row.problems.length === 0;

async function bundle() {
  await build({
    entryPoints: [join(here, 'engine.ts')],
    outfile: join(data, '../zoo-engine.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error'
  });
}

async function compare(path, file) {
  const { openHarness } = await import(join(data, '../zoo-engine.mjs'));
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
  const read = async name => decodeNpy(await readFile(join(path, name)), name);
  const row = await compareFile(await openHarness('wasm'), join(path, file), manifest, read);
  return { parameters: manifest.parameters, ...row };
}

/** What a command prints; rejects with the end of what it complained. */
function output(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: FILE_LIMIT_MS, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' } });
    let [out, complaint] = ['', ''];
    child.stdout.on('data', part => (out += part));
    child.stderr.on('data', part => (complaint += part));
    child.on('error', reject);
    child.on('close', code => (code === 0 ? resolve(out) : reject(new Error(complaint.trim().split('\n').at(-1) || `exit code ${code}`))));
  });
}

const ordered = rows => [...rows].sort((a, b) => a.folder.localeCompare(b.folder));

/** What of the list has not been run on this machine. */
function missing(rows) {
  const left = ARCHITECTURES.filter(name => !rows.some(row => row.folder.startsWith(`${name}-`)));
  return left.length ? `Not yet run: ${left.join(', ')}.\n` : '';
}

function table(rows) {
  const number = value => (Number.isFinite(value) ? value.toExponential(1) : '–');
  const line = cells => `| ${cells.join(' | ')} |`;
  const lines = rows.map(({ folder, parameters, output, activation, gradient, map, own, problems }) => {
    const [model, file] = folder.split('.');
    const pairs = [[output, own.output], [activation, own.activation], [gradient, own.gradient]].map(([ours, keras]) => `${number(ours)} (${number(keras)})`);
    return line([model, `.${file}`, parameters ? `${(parameters / 1e6).toFixed(1)} M` : '–', ...pairs, number(map), problems.length ? `**${problems[0]}**` : 'ok']);
  });
  const titles = ['Model', 'File', 'Parameters', 'Output', 'Activations', '1 - cos, gradients', '1 - cos, Grad-CAM', ''];
  return [line(titles), '|---|---|---:|---:|---:|---:|---:|---|', ...lines].join('\n');
}

const HEADING = `# All of keras.applications beside Keras on TensorFlow

Written by \`node conformance/zoo/run.mjs\`: each architecture with seeded random
weights (BatchNormalization calibrated on photographs), at 96 x 96, with its top
(50 classes) and without (the score is then the mean of the output's strongest
channel), from both file formats, on WASM in Node. Six layers from first to last
are compared with Keras in **float64**: the largest relative error of the output
and of the activations, and 1 - cosine of the gradients and Grad-CAM maps.

In brackets: how far Keras in float32 is from its own float64, the worst of four
runs whose inputs differ in their last bits. Through dozens of layers of random
weights rounding grows, and in the gradients it decides the sign of ReLU inputs
near 0. Limits: 1e-5, or three times Keras' own error for values and ten times
for gradients where that is more. A row outside names the first layer that is: a
gradient that is off at one layer and at all before it, while every activation
and the gradients after it agree, is what one such sign does.
`;

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `zoo: ${error.message}`);
  process.exitCode = 1;
});
