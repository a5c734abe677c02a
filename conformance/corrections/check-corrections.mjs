/**
 * Takes each correction of corrections.mjs away, one at a time, in a copy of
 * the source, and demands that a test notices.
 *
 *   node conformance/corrections/check-corrections.mjs [text in a correction's name]
 *
 * Takes some minutes. Needs the references that `npm test -- references`
 * makes. Writes corrections.json, of which docs/conformance.md has a table.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { CORRECTIONS } from './corrections.mjs';
import { locateText } from './locate-text.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Inside the project, so that its node_modules are found; git does not see it. */
const copy = join(root, '.work/corrections');
const RESULTS = join(root, 'conformance/corrections/corrections.json');

async function main() {
  const [text = ''] = process.argv.slice(2);
  const wanted = CORRECTIONS.filter(({ name }) => name.includes(text));
  let known = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '[]'));
  await prepare();
  const missed = [];
  const green = new Set();
  try {
    for (const correction of wanted) {
      await requireGreen(correction, green);
      const red = await withMutation(correction, () => failingTests(correction));
      console.log(`${red.length ? 'red   ' : 'MISSED'} ${correction.name}${red.length ? `: ${red[0]}` : ''}`);
      if (!red.length) {
        missed.push(correction.name);
      }
      const { name, spec } = correction;
      known = [...known.filter(other => other.name !== name), { name, spec, count: red.length, red: red[0] ?? null }];
      await writeResults(known);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  if (missed.length) {
    throw new Error(
      `no test noticed that ${missed.length} of ${wanted.length} corrections were gone: ${missed.join('; ')}.`
    );
  }
}

/** A test that fails as things are notices nothing. */
async function requireGreen(correction, green) {
  const key = `${correction.spec} ${correction.tests}`;
  if (!green.has(key)) {
    const red = await failingTests(correction);
    if (red.length) {
      throw new Error(`the test “${red[0]}” fails with all corrections in place.`);
    }
    green.add(key);
  }
}

/** In the order of the list, without what is no longer in it. */
async function writeResults(results) {
  const order = new Map(CORRECTIONS.map(({ name }, i) => [name, i]));
  const rows = results
    .filter(({ name }) => order.has(name))
    .sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  await writeFile(RESULTS, `[\n${rows.map(row => JSON.stringify(row)).join(',\n')}\n]\n`);
}

async function prepare() {
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  await cp(join(root, 'src'), join(copy, 'src'), { recursive: true });
  for (const name of [
    'conformance',
    'examples',
    'headless',
    'locale',
    'scripts',
    'package.json',
    'tsconfig.json',
    'vitest.config.mts'
  ]) {
    await symlink(join(root, name), join(copy, name));
  }
  await linkPackages();
}

/** The packages as links, but for the one that corrections change. */
async function linkPackages() {
  const patched = '@tensorflow/tfjs-backend-webgl';
  const [scope] = patched.split('/');
  await mkdir(join(copy, 'node_modules', scope), { recursive: true });
  const names = await readdir(join(root, 'node_modules'));
  const scoped = await readdir(join(root, 'node_modules', scope));
  for (const name of [...names.filter(other => other !== scope), ...scoped.map(other => `${scope}/${other}`)]) {
    if (name !== patched) {
      await symlink(join(root, 'node_modules', name), join(copy, 'node_modules', name));
    }
  }
  await cp(join(root, 'node_modules', patched), join(copy, 'node_modules', patched), { recursive: true });
}

async function withMutation({ name, file, from, to }, act) {
  const path = join(copy, file);
  const source = await readFile(path, 'utf8');
  const found = locateText(source, from);
  if (found.length !== 1) {
    throw new Error(
      `${file} does not have the text of “${name}” exactly once: bring conformance/corrections/corrections.mjs up to date.`
    );
  }
  const [[start, end]] = found;
  await writeFile(path, source.slice(0, start) + to + source.slice(end));
  try {
    return await act();
  } finally {
    await writeFile(path, source);
  }
}

/** The names of the tests that fail. */
async function failingTests(correction) {
  return correction.spec.endsWith('run.mjs') ? failingComparisons(correction) : failingSpecs(correction);
}

/** The comparisons that fail with the worker of the copy. */
async function failingComparisons({ spec, tests }) {
  const worker = join(copy, 'static/gradlens-engine.js');
  await build({
    entryPoints: [join(copy, 'src/engine/worker/worker.ts')],
    outfile: worker,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    loader: { '.wasm': 'file' },
    assetNames: '[name]',
    publicPath: '/static/',
    external: ['module'],
    define: { 'import.meta.url': '""' },
    // package.json says that our modules have no effects by themselves; a worker that only imports others has.
    ignoreAnnotations: true,
    logLevel: 'error'
  });
  const [only, backend] = tests.split(' on ');
  const command = [spec, '--subset', '--only', only, '--backend', backend, '--static', dirname(worker)];
  const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (!stdout.includes('| Model |')) {
    throw new Error(`${spec} did not compare ${tests}: ${stderr.trim().split('\n').at(-1)}`);
  }
  return [...stderr.matchAll(/^FAILED (.*) \(/gm)].map(([, comparison]) => comparison);
}

/** A file that cannot be run at all proves nothing and is an error. */
function failingSpecs({ name, spec, tests }) {
  const report = join(copy, 'report.json');
  const filter = tests ? ['-t', tests] : [];
  const command = join(root, 'node_modules/.bin/vitest');
  const { stderr } = spawnSync(command, ['run', spec, ...filter, '--reporter=json', `--outputFile=${report}`], {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe']
  });
  return readReport(report, name, stderr);
}

async function readReport(report, name, stderr) {
  const { testResults } = JSON.parse(
    await readFile(report, 'utf8').catch(() => {
      throw new Error(`the tests for “${name}” did not run: ${stderr.trim().split('\n').at(-1)}`);
    })
  );
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (!results.some(({ status }) => status === 'passed' || status === 'failed')) {
    throw new Error(`no test for “${name}” was run: ${testResults[0]?.message ?? 'its pattern fits none'}`);
  }
  return results
    .filter(({ status }) => status === 'failed')
    .map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' > '));
}

main().catch(error => {
  console.error(`corrections: ${error.message}`);
  process.exitCode = 1;
});
