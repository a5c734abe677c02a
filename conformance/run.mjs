/**
 * Conformance: every model of conformance/models.py, in the extension's own
 * worker, on every backend, beside Keras on TensorFlow.
 *
 *   node conformance/run.mjs [--subset] [--only text] [--backend name[,name…]] [--static folder]
 *
 * --static takes the worker from another folder than the built extension's.
 * Prints a Markdown table (a full run also writes conformance/RESULTS.md) and
 * exits non-zero when anything is outside the limits of compare.mjs.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kerasBin, run as runCommand, setup } from '../scripts/setup.mjs';
import { decodeNpy } from './harness/npy.mjs';
import { compareCase } from './compare-case.mjs';
import { table, within } from './table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, 'data');
const BACKENDS = ['wasm', 'webgl', 'cpu'];

async function main() {
  const { values } = parseArgs({
    options: {
      subset: { type: 'boolean' },
      only: { type: 'string' },
      backend: { type: 'string' },
      static: { type: 'string' }
    }
  });
  const backends = values.backend?.split(',') ?? BACKENDS;
  await setup(['chromium', 'keras', ...(values.static ? [] : ['build'])]);
  const selection = [...(values.subset ? ['--subset'] : []), ...(values.only ? ['--only', values.only] : [])];
  runCommand(kerasBin('python'), [join(here, 'reference.py'), ...selection], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  const cases = (await readCases()).filter(
    item => (!values.subset || item.subset) && (!values.only || item.folder.includes(values.only))
  );
  if (!cases.length) {
    throw new Error(`No case has “${values.only}” in its name: see conformance/models.py.`);
  }
  const { openHarness } = await import('./harness/browser.mjs');
  const rows = [];
  for (const backend of backends) {
    const harness = await openHarness({ backend, staticFolder: values.static });
    try {
      for (const item of cases.filter(item => !(values.subset && repeats(item, backend)))) {
        const start = performance.now();
        const row = await compareCase(harness, backend, item);
        rows.push(row);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        console.error(`${within(row) ? 'ok    ' : 'FAILED'} ${item.folder} on ${backend} (${seconds} s)`);
        for (const problem of row.problems) {
          console.error(`       ${problem}`);
        }
      }
    } finally {
      await harness.close();
    }
  }
  const text = table(rows);
  console.log(text);
  if (!values.subset && !values.only && !values.backend) {
    await writeFile(join(here, 'RESULTS.md'), `${HEADING}\n${text}\n`);
  }
  const failed = rows.filter(row => !within(row));
  if (failed.length) {
    throw new Error(`${failed.length} of ${rows.length} comparisons are outside the limits.`);
  }
}

/** The reference case from its other writer: only the reader differs, and WebGL in software and plain JavaScript take a minute. */
function repeats({ case: name, format }, backend) {
  return name === 'reference' && format === 'keras2.h5' && backend !== 'wasm';
}

const HEADING = `# Conformance with Keras on TensorFlow

Written by \`npm run conformance\`. Every number is the worst over the layers
compared. Output: largest difference of a probability (limit 1e-5). Activations:
max|a - b| / max|b| (limit 1e-5). Cosine: of the gradient of the score and of the
raw Grad-CAM map, for logit and probability (limit 0.99999). Cells off: Grad-CAM
cells more than 1e-5 of the maximum apart. WebGL is SwiftShader's here.

In a deep network a few ReLU inputs lie so near 0 that rounding decides their
sign; the gradients below jump. Keras in float32 is then as far from Keras in
float64 as we are from Keras, and its two CPU kernel libraries are further apart
still. Where Keras is not reproducible to the limit, ten times its own distance
from its float64 self is allowed (conformance/precision.py). At the last layers,
such as the reference case's \`conv5_block32_concat\`, the limit always holds.
`;

async function readCases() {
  await mkdir(data, { recursive: true });
  const cases = [];
  for (const folder of (await readdir(data)).sort()) {
    const manifest = await readFile(join(data, folder, 'manifest.json'), 'utf8').catch(() => null);
    if (manifest) {
      const path = join(data, folder);
      const read = async file => decodeNpy(await readFile(join(path, file)), `${folder}/${file}`);
      cases.push({ ...JSON.parse(manifest), folder, path, read });
    }
  }
  return cases;
}

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `conformance: ${error.message}`);
  process.exitCode = 1;
});
