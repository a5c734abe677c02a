/**
 * Conformance: every model of conformance/models/models.py and all of
 * keras.applications, in the extension's own worker, on every backend, beside
 * Keras in float64.
 *
 *   node conformance/run.mjs [--subset] [--only text] [--backend name[,name…]] [--static folder] [--fresh] [--table]
 *
 * A full run writes docs/conformance.md. It takes hours: applications that are
 * in conformance/report/results.json already are not run again, unless --only names
 * them or --fresh is given. --table only writes the document. --static takes
 * the worker from another folder than the built extension's. Exits non-zero
 * when anything is outside the limits whose cause is not proven.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decodeNpy } from '../headless/npy.mjs';
import { kerasBin, run as runCommand, setup } from '../scripts/setup.mjs';
import { compareCase } from './compare/compare-case.mjs';
import { BACKENDS, backendsOf, filesOn } from './compare/coverage.mjs';
import { openKeras } from './compare/proof.mjs';
import { failedRow, rowOf } from './compare/result-row.mjs';
import { addRow, readRows, writeDocument, writeRows } from './report/results.mjs';
import { table } from './report/table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, 'data');
/** Time limit of one model on one backend. */
const LIMIT_MINUTES = 20;

async function main() {
  const { values } = parseArgs({
    options: {
      subset: { type: 'boolean' },
      only: { type: 'string' },
      backend: { type: 'string' },
      static: { type: 'string' },
      fresh: { type: 'boolean' },
      table: { type: 'boolean' }
    }
  });
  if (values.table) {
    return writeDocument(await readRows(), listed());
  }
  await setup(['chromium', 'keras', ...(values.static ? [] : ['build'])]);
  const folders = selected(values);
  const known = values.subset ? [] : await readRows();
  const options = {
    backends: values.backend?.split(',') ?? BACKENDS,
    staticFolder: values.static,
    subset: values.subset,
    isDone: (folder, backend) =>
      !values.fresh && !values.only && known.some(row => row.model === folder && row.backend === backend)
  };
  const rows = [];
  options.isTaken = (folder, backend) => rows.some(row => row.model === folder && row.backend === backend);
  const take = async row => {
    report(row);
    rows.push(row);
    if (!values.subset) {
      addRow(known, row);
      await writeRows(known);
    }
  };
  await runSmall(
    folders.filter(({ application }) => !application),
    values,
    options,
    take
  );
  for (const { folder } of folders.filter(({ application }) => application)) {
    await runApplication(folder, options, take);
  }
  if (!values.subset) {
    await writeDocument(known, listed());
  }
  const all = values.subset || values.only ? rows : known;
  console.log(table(values.subset || values.only ? rows : known.filter(({ problems }) => problems.length)));
  const failed = all.filter(({ problems }) => problems.length);
  if (failed.length) {
    throw new Error(`${failed.length} of ${all.length} comparisons are outside the limits without a proven cause.`);
  }
}

/** Everything that there is, as conformance/models/reference.py lists it. */
function listed() {
  const { stdout, stderr, status } = spawnSync(kerasBin('python'), [join(here, 'models/reference.py'), '--list'], {
    encoding: 'utf8'
  });
  if (status !== 0) {
    throw new Error(stderr.trim().split('\n').at(-1) ?? '');
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** The folders asked for. */
/** @param {{ subset?: boolean, only?: string }} values */
function selected({ subset, only }) {
  const folders = listed().filter(item => (!subset || item.subset) && (!only || item.folder.includes(only)));
  if (!folders.length) {
    throw new Error(`No case has “${only}” in its name: see conformance/models/models.py.`);
  }
  return folders;
}

/** The small models: all references first, then one browser a backend. */
/**
 * @param {object[]} folders
 * @param {{ subset?: boolean, only?: string }} values
 */
async function runSmall(folders, { subset, only }, options, take) {
  if (!folders.length) {
    return;
  }
  const names = only ? [...new Set(folders.map(({ folder }) => folder.replace(/-keras\d.*$/, '')))] : [];
  runCommand(kerasBin('python'), [join(here, 'models/reference.py'), ...(subset ? ['--subset'] : []), ...names], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  const { openHarness } = await import('../headless/browser.mjs');
  for (const backend of options.backends) {
    const harness = await openHarness({ backend, staticFolder: options.staticFolder });
    try {
      for (const { folder } of folders.filter(item => !(subset && repeats(item, backend)))) {
        const item = await readCase(folder);
        const compared = await compareCase(harness, backend, item);
        await take(await rowOf(item, backend, compared, () => openKeras(folder)));
      }
    } finally {
      await harness.close();
    }
  }
}

/**
 * The reference case from its other writer: only the reader differs,
 * and WebGL in software and plain JavaScript take a minute.
 */
function repeats({ folder }, backend) {
  return folder === 'reference-keras2.h5' && backend !== 'wasm';
}

/** One architecture: its data are made, compared on each backend, and deleted. */
async function runApplication(folder, options, take) {
  const backends = backendsOf(folder).filter(
    backend => options.backends.includes(backend) && !options.isDone(folder, backend)
  );
  if (!backends.length) {
    return;
  }
  const { openHarness } = await import('../headless/browser.mjs');
  let keras;
  try {
    keras = await openKeras(folder);
    const item = await readCase(folder);
    for (const backend of backends) {
      const harness = await openHarness({ backend, staticFolder: options.staticFolder });
      try {
        const compared = await inTime(compareCase(harness, backend, item, { files: filesOn(backend) }));
        // The browser's memory is Keras' now.
        await harness.close();
        await take(await rowOf(item, backend, compared, () => ({ ...keras, close: () => undefined }), true));
      } finally {
        await harness.close();
      }
    }
  } catch (error) {
    for (const backend of backends.filter(backend => !options.isTaken(folder, backend))) {
      await take(failedRow(folder, backend, error.message));
    }
  } finally {
    keras?.close();
    await rm(join(data, folder), { recursive: true, force: true });
  }
}

/** A run that never answers must not keep the others from being made. */
async function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${LIMIT_MINUTES} minutes`)), LIMIT_MINUTES * 60_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function readCase(folder) {
  const path = join(data, folder);
  await mkdir(path, { recursive: true });
  const read = async file => decodeNpy(await readFile(join(path, file)), `${folder}/${file}`);
  return { ...JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')), folder, path, read };
}

function report({ model, backend, problems, excused, seconds }) {
  const word = problems.length ? 'FAILED' : excused.length ? 'proven' : 'ok    ';
  console.error(`${word} ${model} on ${backend} (${seconds.toFixed(1)} s)`);
  [...problems, ...excused].forEach(text => console.error(`       ${text}`));
}

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `conformance: ${error.message}`);
  process.exitCode = 1;
});
