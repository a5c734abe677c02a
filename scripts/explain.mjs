/**
 * `npm run explain`: runs a model in the extension's own worker, headless, and
 * writes activations, gradients, maps and timings. See --help.
 *
 * Until the set-up is done, only Node's own modules are imported: on a fresh
 * clone nothing else is there.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { oneOf, readArguments, USAGE } from '../headless/arguments.mjs';
import { resolveLayer } from '../headless/layers.mjs';
import { decodeNpy, encodeNpy } from '../headless/npy.mjs';
import { setup } from './setup.mjs';

// npm changes to the project's folder; paths are meant from where it was called.
const here = process.env.INIT_CWD ?? process.cwd();

async function main() {
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const model = resolve(here, options.model);
  const out = resolve(here, options.out);
  await checkFile(model, options.model);
  const inputs = {};
  for (const [name, path] of Object.entries(options.inputs)) {
    await checkFile(resolve(here, path), path);
    inputs[name] = decodeNpy(await readFile(resolve(here, path)), basename(path));
  }
  await mkdir(out, { recursive: true }).catch(error => {
    throw new Error(
      `The folder ${options.out} cannot be made: ${error.code === 'EEXIST' ? 'it is a file' : error.message}.`
    );
  });

  await setup(['build', 'chromium']);
  const { methodNames } = await import('../headless/methods.mjs');
  oneOf('method', options.method, await methodNames());
  const { openHarness } = await import('../headless/browser.mjs');
  const harness = await openHarness({ backend: options.backend });
  try {
    const result = await explain(harness, model, inputs, options);
    await writeResults(out, result, options);
    report(result, options);
  } finally {
    await harness.close();
  }
}

async function inputMethods() {
  return (await import('../headless/methods.mjs')).inputMethodNames();
}

async function explain(
  harness,
  model,
  inputs,
  { layers, method, target, score, convention, settings, checks, standIns }
) {
  const { summary, timings } = await harness.open(model, standIns);
  const notices = [...summary.notices];
  if (harness.backend.reason) {
    notices.push(harness.backend.reason);
  }
  const ids = summary.layers.map(layer => layer.id);
  const chosen = layers.map(layer => {
    const { id, notice } = resolveLayer(layer, ids);
    if (notice) {
      notices.push(notice);
    }
    return id;
  });
  if (!chosen.length) {
    if (!summary.defaultLayer) {
      throw new Error(`${summary.name} has no layer with a spatial output: name one with --layer.`);
    }
    chosen.push(summary.defaultLayer);
  }
  const spatial = new Set(summary.layers.filter(layer => layer.spatial).map(layer => layer.id));
  // A map of the input is the same for every layer: it is made once.
  const ofInput = (await inputMethods()).includes(method);
  const maps = ofInput ? chosen.slice(0, 1) : chosen.filter(id => spatial.has(id));
  for (const id of ofInput ? [] : chosen.filter(id => !spatial.has(id))) {
    notices.push(`Layer “${id}” has no spatial output: its activation and gradient are written, but no ${method}.`);
  }
  const asked = { model, inputs, maps, method, target, score, convention, settings };
  const run = await harness.run({ ...asked, activations: chosen, gradients: chosen });
  const trust = [];
  for (const check of checks) {
    // Advice is about all layers that are named.
    const whole = check.kind === 'advice' && check.layers.length === 0 ? { ...check, layers: maps } : check;
    trust.push((await harness.run({ ...asked, trust: whole })).trust);
  }
  return {
    ...run,
    trust: checks.length > 0 ? trust : undefined,
    layers: chosen,
    timings: { ...timings, ...run.timings },
    notices: [...new Set([...notices, ...run.notices])]
  };
}

async function writeResults(out, result, { model, method, convention, score }) {
  const arrays = {
    activation: result.activations,
    gradient: result.gradients,
    [convention ? `${method}.${convention}` : method]: result.maps
  };
  for (const [kind, byLayer] of Object.entries(arrays)) {
    for (const [layer, { shape, data }] of Object.entries(byLayer)) {
      await writeFile(join(out, `${layer.replaceAll('/', '__')}.${kind}.npy`), encodeNpy(shape, data));
    }
  }
  const outputs = Object.fromEntries(
    Object.entries(result.outputs).map(([name, { shape, data }]) => [name, { shape, values: Array.from(data) }])
  );
  const { targets, backend, layers, timings, notices, completeness, trust } = result;
  const record = {
    model: basename(model),
    layers,
    method,
    convention,
    score,
    targets,
    backend,
    milliseconds: timings,
    notices,
    completeness,
    trust,
    outputs
  };
  await writeFile(join(out, 'result.json'), JSON.stringify(record, null, 2) + '\n');
}

function report({ targets, backend, timings, notices }, { out }) {
  for (const notice of notices) {
    console.error(`explain: ${notice}`);
  }
  const classes = targets.map(({ index, score }) => `${index} (${score.toPrecision(6)})`).join(', ');
  const phases = Object.entries(timings).map(([phase, time]) => `${phase} ${time.toFixed(0)} ms`);
  console.log(`class ${classes} on ${backend}; ${phases.join(', ')}; written to ${out}`);
}

async function checkFile(path, given) {
  const found = await stat(path).catch(() => null);
  if (!found) {
    throw new Error(`There is no file ${given}: give a path relative to ${here}.`);
  }
  if (!found.isFile()) {
    throw new Error(`${given} is a folder, not a file.`);
  }
}

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `explain: ${error.message.split('\n')[0]}`);
  process.exitCode = 1;
});
