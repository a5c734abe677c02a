/**
 * Damaged model files through the readers: each must end, soon, in a model or
 * in a sentence.
 *
 *   node conformance/fuzz.mjs [--files 12000] [--seed 1]
 *
 * Files are opened in child processes, each with limits of time a file and of
 * memory. Writes conformance/FUZZ.md; exits non-zero on a hang, a crash, too
 * much memory or an error of another kind, naming file and seed.
 */
import { fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleReaders, READERS } from './fuzz/bundle-readers.mjs';
import { mutate } from './fuzz/mutations.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, 'data/readers');
const FILE_LIMIT_MS = 10_000;
/** Resident bytes of a child; the readers and the library alone take about 0.2 GB. */
const MEMORY_LIMIT = 1.5e9;
/** Files a child opens before another takes over. */
const BATCH = 500;

/** Every file that the readers' tests read, with its shards joined for model.json. */
async function corpus() {
  const plain = readdirSync(data).filter(name => /\.(keras|h5)$/.test(name));
  const tfjs = existsSync(join(data, 'tfjs'))
    ? readdirSync(join(data, 'tfjs')).map(name => `tfjs/${name}/model.json`)
    : [];
  return Promise.all(
    [...plain, ...tfjs].map(async name => ({ name, bytes: new Uint8Array(await readFile(join(data, name))) }))
  );
}

async function child(from, to) {
  const { open, libraryGeneration } = await import(READERS);
  const files = await corpus();
  const shard = new Uint8Array(
    await readFile(join(data, 'tfjs', readdirSync(join(data, 'tfjs'))[0], 'group1-shard1of2.bin'))
  );
  for (let seed = from; seed < to; seed++) {
    const { name, bytes } = files[seed % files.length];
    process.send?.({ seed, name });
    const damaged = mutate(bytes, name, seed);
    const start = performance.now();
    const generation = libraryGeneration();
    const outcome = await open(damaged.bytes, name, shard);
    const restarted = libraryGeneration() - generation;
    process.send?.({
      seed,
      name,
      kind: damaged.kind,
      outcome,
      restarted,
      ms: performance.now() - start,
      memory: process.memoryUsage().rss
    });
  }
  process.disconnect();
}

/** Runs seeds [from, to) in one child; resolves with what it said and where it stopped. */
function runBatch(from, to, note) {
  return new Promise(resolve => {
    const worker = fork(fileURLToPath(import.meta.url), ['--child', String(from), String(to)], {
      execArgv: ['--max-old-space-size=1024'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc']
    });
    let last = { seed: from - 1, name: '' };
    let done = from - 1;
    let reason = null;
    let timer = null;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reason = 'hang';
        worker.kill('SIGKILL');
      }, FILE_LIMIT_MS);
    };
    watch();
    worker.on('message', (/** @type {any} */ message) => {
      watch();
      last = message;
      if (message.outcome !== undefined) {
        done = message.seed;
        note(message);
        if (message.memory > MEMORY_LIMIT) {
          reason = 'memory';
          worker.kill('SIGKILL');
        }
      }
    });
    worker.on('exit', code => {
      clearTimeout(timer);
      const finished = done === to - 1 && reason === null;
      if (!finished) {
        note({ ...last, outcome: reason ?? `crash (exit code ${code})` });
      }
      resolve(finished ? to : Math.max(last.seed, done, from) + 1);
    });
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '12000' },
      seed: { type: 'string', default: '1' },
      child: { type: 'boolean' }
    },
    allowPositionals: true
  });
  if (values.child) {
    const [from, to] = process.argv.slice(-2).map(Number);
    return child(from, to);
  }
  await bundleReaders();
  const counts = { bytes: { model: 0, refused: 0 }, structure: { model: 0, refused: 0 } };
  const bad = [];
  let [slowest, memory, restarts] = [0, 0, 0];
  const note = ({ seed, name, kind, outcome, restarted = 0, ms = 0, memory: used = 0 }) => {
    slowest = Math.max(slowest, ms);
    memory = Math.max(memory, used);
    restarts += restarted;
    if (outcome === 'model' || outcome === 'refused') {
      counts[kind][outcome]++;
    } else {
      bad.push({ seed, name, outcome });
      console.error(`seed ${seed} of ${name}: ${outcome.slice(0, 600)}`);
    }
  };
  const first = Number(values.seed);
  const end = first + Number(values.files);
  for (let from = first; from < end;) {
    from = await runBatch(from, Math.min(from + BATCH, end), note);
  }
  const files = (await corpus()).length;
  const text = report({ total: end - first, files, counts, bad, slowest, memory, restarts });
  await writeFile(join(here, 'FUZZ.md'), text);
  console.log(text);
  process.exitCode = bad.length ? 1 : 0;
}

const report = ({ total, files, counts, bad, slowest, memory, restarts }) => `# Damaged model files

Written by \`node conformance/fuzz.mjs\`: ${total} damaged copies of ${files} model files
(\`.keras\`, \`.h5\`, \`model.json\`; Keras 2 and 3) through the readers, shape inference,
the planner, and every weight. Damage of bytes: overwritten, flipped, cut, removed,
repeated. Damage of structure: values of the model's configuration replaced,
removed, repeated, swapped, nested.

| | Read as a model | Refused with a sentence |
|---|---:|---:|
| Damage of bytes | ${counts.bytes.model} | ${counts.bytes.refused} |
| Damage of structure | ${counts.structure.model} | ${counts.structure.refused} |

Hangs (over ${FILE_LIMIT_MS / 1000} s), crashes, over ${MEMORY_LIMIT / 1e9} GB, errors of another kind: ${bad.length}.
Slowest file: ${slowest.toFixed(0)} ms. Most memory of a process: ${(memory / 1e6).toFixed(0)} MB.
The HDF5 library itself crashed, and was started afresh, ${restarts} times.
${bad.map(({ seed, name, outcome }) => `\n- seed ${seed}, ${name}: ${outcome.split('\n')[0].slice(0, 200)}`).join('')}
`;

main().catch(error => {
  console.error(process.env.GRADLENS_DEBUG ? error : `fuzz: ${error.message}`);
  process.exitCode = 1;
});
