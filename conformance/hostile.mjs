/**
 * Files made to exhaust or confuse, each in a process with limits of time and memory: it must end in a model or in a
 * sentence. Writes docs/hostile-files.md, worst first; exits non-zero where one does not end so.
 *
 *   node conformance/hostile.mjs [--only KIND]
 */
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleReaders, READERS } from './fuzz/bundle-readers.mjs';
import { hostileFiles } from './fuzz/hostile.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const LIMIT_MS = 20_000;
const MEMORY_MB = 2000;

async function child() {
  const { open } = await import(READERS);
  const files = hostileFiles();
  const answer = message => process.send?.(message);
  process.on('message', async index => {
    const { name, make } = files[/** @type {number} */ (index)];
    const bytes = make();
    answer({ begun: bytes.length });
    const start = performance.now();
    const outcome = await open(bytes, name, new Uint8Array(64));
    answer({ outcome, ms: performance.now() - start, mb: process.memoryUsage().rss / 2 ** 20 });
  });
  answer({});
}

/** Opens files one after the other in processes that are ended where a file takes too much. */
async function openAll(indices, note) {
  let worker = null;
  const start = () =>
    new Promise((resolve, reject) => {
      const made = fork(fileURLToPath(import.meta.url), ['--child'], {
        execArgv: [`--max-old-space-size=${MEMORY_MB}`],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc']
      });
      made.once('message', () => resolve(made));
      made.once('exit', () => reject(new Error('a process does not start')));
    });
  for (const index of indices) {
    worker ??= await start();
    const one = worker;
    const said = await new Promise(resolve => {
      let size = 0;
      /** @type {NodeJS.Timeout | undefined} */
      let timer;
      const end = result => {
        clearTimeout(timer);
        one.removeAllListeners();
        resolve({ size, ...result });
      };
      one.on('message', message => {
        if (message.begun === undefined) {
          end(message);
        } else {
          size = message.begun;
          timer = setTimeout(() => end({ outcome: 'does not end', ms: LIMIT_MS, mb: 0 }), LIMIT_MS);
        }
      });
      one.on('exit', code => end({ outcome: `the process ended (${code})`, ms: 0, mb: MEMORY_MB }));
      one.send(index);
    });
    note(index, said);
    // A process that grew is not measured again.
    if (said.mb > 400 || (said.outcome !== 'model' && said.outcome !== 'refused')) {
      one.kill('SIGKILL');
      worker = null;
    }
  }
  worker?.kill();
}

async function main() {
  const { values } = parseArgs({ options: { child: { type: 'boolean' }, only: { type: 'string', default: '' } } });
  if (values.child) {
    return child();
  }
  await bundleReaders();
  const files = hostileFiles();
  const chosen = [...files.keys()].filter(index => files[index].kind.includes(values.only));
  const found = [];
  const bad = [];
  await openAll(chosen, (index, said) => {
    const { kind, what } = files[index];
    found.push({ kind, what, ...said });
    if (said.outcome !== 'model' && said.outcome !== 'refused') {
      bad.push(index);
      console.error(`${kind}, ${what}: ${said.outcome.slice(0, 300)}`);
    }
  });
  const text = report(found, bad.length);
  if (values.only === '') {
    await writeFile(join(here, '../docs/hostile-files.md'), text);
  }
  console.log(text);
  process.exitCode = bad.length ? 1 : 0;
}

/** The worst of each kind. */
function report(found, bad) {
  const kinds = new Map();
  found.forEach(one => kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]));
  const rows = [...kinds].map(([kind, all]) => {
    const worst = all.reduce((a, b) => (a.ms >= b.ms ? a : b));
    const ended = outcome => all.filter(one => one.outcome === outcome).length;
    return {
      kind,
      all,
      worst,
      models: ended('model'),
      refused: ended('refused'),
      mb: Math.max(...all.map(one => one.mb))
    };
  });
  rows.sort((a, b) => b.worst.ms - a.worst.ms);
  return `# Hostile model files

Written by \`node conformance/hostile.mjs\`: ${found.length} files of ${rows.length} kinds, made to exhaust or to confuse, through the readers, shape inference and the planner, in a process with ${LIMIT_MS / 1000} s a file and a heap of ${MEMORY_MB / 1000} GB. Each must end as a model or in a sentence; ${bad} did not. Worst first; times are of a busy machine with two cores.

| Kind | Files | Read | Refused | Slowest | Seconds | File | Most memory |
|---|---:|---:|---:|---|---:|---:|---:|
${rows
  .map(
    ({ kind, all, worst, models, refused, mb }) =>
      `| ${kind} | ${all.length} | ${models} | ${refused} | ${worst.what} | ${(worst.ms / 1000).toFixed(2)} | ${(worst.size / 1000).toFixed(0)} kB | ${mb.toFixed(0)} MB |`
  )
  .join('\n')}

## Limits

| What | At most |
|---|---|
| A model's description (\`config.json\`, \`model.json\`), unpacked | 128 MB |
| Lists and objects inside each other in it | 512 |
| Values in it | 10 million |
| Models inside each other | 32 |
| Calls of models inside models, in all | 20,000 |
| Calls of layers and operators, in all | 50,000 |
| Groups of an HDF5 file that are searched for a layer by its name | 50,000 |
| Time without an answer after which a view says so | 20 s |
| Time in which the computation must answer after Cancel, or is ended | 1.5 s |
`;
}

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `hostile: ${error.message}`);
  process.exitCode = 1;
});
