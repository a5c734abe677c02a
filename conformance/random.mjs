/**
 * A machine that writes models: random small architectures, saved by Keras 3
 * and Keras 2, run by the product's own worker beside Keras.
 *
 *   node conformance/random.mjs [--count 300] [--minutes 480] [--seed 1] [--backend wasm,cpu,webgl] [--kind masks] [--fresh]
 *   node conformance/random.mjs --probe [text] [--bases] [--report docs/refusals.md]
 *
 * --kind draws recipes of one kind alone: layers, masks or types (of values).
 * --probe writes a model for every argument of every class and operator instead
 * (of those whose name matches the text, a regular expression: "^[A-Z]" are the classes); --bases leaves the arguments at their defaults, for
 * a first look that the same command without it completes.
 *
 * A run is known by its seed and goes on where it stopped, in
 * conformance/data/random/; --fresh begins again. A failure is made small by
 * itself and printed as Python; the first of its kind, that is. Exits non-zero when a number is wrong or an
 * error is not a sentence.
 */
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setup } from '../scripts/setup.mjs';
import { KerasServer } from './random/keras-server.mjs';
import { pythonText } from './random/python-text.mjs';
import { refusalsPage } from './random/refusals.mjs';
import { Session } from './random/session.mjs';
import { shrink } from './random/shrink.mjs';
import { reportTable } from './random/table.mjs';
import { group } from './random/verdict.mjs';

const data = join(dirname(fileURLToPath(import.meta.url)), 'data/random');
/** Models that are open side by side. */
const GROUP = 5;
const WRITERS = ['keras3', 'keras2'];
/** Verdicts without a model, which a recipe or Keras' answer has with their reasons. */
const UNMADE = ['never', 'refused', 'untried', 'ill', 'invalid'];

async function main() {
  const { values, positionals } = parseArgs({
    options: {
      count: { type: 'string', default: '300' },
      minutes: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'wasm,cpu' },
      fresh: { type: 'boolean' },
      kind: { type: 'string' },
      probe: { type: 'boolean' },
      bases: { type: 'boolean' },
      report: { type: 'string' }
    },
    allowPositionals: true
  });
  await setup(['chromium', 'keras', 'build']);
  const { openHarness } = await import('../headless/browser.mjs');
  const seed = Number(values.seed);
  await mkdir(data, { recursive: true });
  const text = positionals[0] ?? '';
  const log = join(data, values.probe ? 'probes.jsonl' : `${values.kind ?? 'seed'}-${seed}.jsonl`);
  const asked = new RegExp(text);
  const isAsked = ({ recipe }) => !values.probe || asked.test(recipe.probe.of);
  const before = await readRows(log);
  if (values.fresh) {
    await writeFile(
      log,
      before
        .filter(row => !isAsked(row))
        .map(line)
        .join('')
    );
  }
  const rows = values.fresh ? [] : before.filter(isAsked);
  const machine = {
    keras: new KerasServer(),
    session: new Session(openHarness),
    backends: values.backend.split(','),
    rows,
    take: async row => {
      rows.push(row);
      await appendFile(log, line(row));
      report(row);
    }
  };
  const about = values.report ? await aboutKeras(machine.keras) : null;
  const end = Date.now() + Number(values.minutes) * 60_000;
  try {
    const recipes = values.probe
      ? probes(machine.keras, asked, rows, values.bases)
      : drawn(machine.keras, seed, rows.length, Number(values.count), values.kind);
    let some = [];
    for await (const recipe of recipes) {
      some.push(recipe);
      if (some.length === GROUP) {
        await runGroup(machine, some);
        some = [];
      }
      if (Date.now() > end) {
        break;
      }
    }
    await runGroup(machine, some);
  } finally {
    machine.keras.close();
    await machine.session.close();
  }
  console.log(reportTable(rows));
  if (about && values.probe && values.report) {
    await writeFile(
      values.report,
      refusalsPage(rows, {
        ...about,
        backends: machine.backends,
        date: new Date().toISOString().slice(0, 10)
      })
    );
  }
  process.exitCode = rows.some(({ kind }) => kind === 'wrong' || kind === 'error') ? 1 : 0;
}

/** The Kerases, and how many names keras.layers of each and keras.ops have. */
async function aboutKeras(keras) {
  const [third, second] = [
    await keras.ask({ do: 'names', writer: 'keras3' }),
    await keras.ask({ do: 'names', writer: 'keras2' })
  ];
  const ops = third.names.filter(name => name.startsWith('ops.')).length;
  return {
    versions: [`Keras ${third.version}`, `tf_keras ${second.version}`],
    totals: [third.names.length - ops, second.names.length, ops]
  };
}

const line = row => `${JSON.stringify(row)}\n`;

async function readRows(log) {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

/** Recipes of a seed, from the one after the last that was run. */
async function* drawn(keras, seed, from, to, kind) {
  for (let number = from; number < to; number++) {
    const of = seed * 1_000_000 + number;
    const writer = WRITERS[number % 2];
    const { recipe, invalid } = await keras.ask({ do: 'draw', seed: of, writer, kind });
    yield recipe ?? { writer, seed: of, steps: [], invalid };
  }
}

/** A recipe for each argument of each class and operator, and one without steps for what is not tried. */
async function* probes(keras, asked, rows, areBases) {
  const done = new Set(rows.map(({ recipe }) => JSON.stringify(recipe)));
  const whole = new Set(
    rows.filter(({ recipe }) => recipe.probe.isLast).map(({ recipe }) => key(recipe.writer, recipe.probe.of))
  );
  for (const writer of WRITERS) {
    const { names } = await keras.ask({ do: 'names', writer });
    for (const name of names.filter(name => asked.test(name) && !whole.has(key(writer, name)))) {
      for (const recipe of await probesOf(keras, writer, name)) {
        const isAsked = !areBases || recipe.probe.argument === '';
        if (isAsked && !done.has(JSON.stringify(recipe))) {
          yield recipe;
        }
      }
    }
  }
}

const key = (writer, name) => `${writer} ${name}`;

async function probesOf(keras, writer, name) {
  const said = await keras.ask({ do: 'probes', writer, name });
  const { recipes = [], untried = {}, never, refused } = said;
  const unmade = (what, argument = '') => ({ writer, steps: [], ...what, probe: { of: name, argument } });
  const none = Object.entries(untried).map(([argument, why]) => unmade({ untried: why }, argument));
  const all = [...recipes, ...none, ...(never ? [unmade({ never })] : []), ...(refused ? [unmade({ refused })] : [])];
  if (all.length === 0) {
    all.push(unmade({ untried: 'Keras ended or took too long' }));
  }
  all.at(-1).probe.isLast = true;
  return all;
}

async function runGroup({ keras, session, backends, rows, take }, recipes) {
  const items = [];
  for (const [index, recipe] of recipes.entries()) {
    const isModel = !UNMADE.some(kind => recipe[kind]);
    items.push({ recipe, built: isModel ? await build(keras, recipe, `${process.pid}-${index}`) : recipe });
  }
  const models = items.filter(({ built }) => built.batches);
  const verdicts = await session.judge(
    models.map(({ built }) => built),
    backends,
    rows.length
  );
  for (const item of items) {
    const verdict = item.built.batches ? verdicts[models.indexOf(item)] : notJudged(item.built);
    const failed = verdict.kind === 'wrong' || verdict.kind === 'error';
    const isKnown = rows.some(row => row.small && row.kind === verdict.kind && group(row.why) === group(verdict.why));
    await take({
      ...verdict,
      recipe: item.recipe,
      ...(failed && !isKnown && (await explain({ keras, session, backends }, item, verdict)))
    });
  }
  await Promise.all(models.map(({ built }) => rm(built.file, { force: true })));
}

function notJudged(built) {
  const kind = UNMADE.find(kind => built[kind]) ?? 'invalid';
  return { kind, why: built[kind] };
}

const build = (keras, recipe, name) => keras.ask({ do: 'build', recipe, file: join(data, name) });

/** The smallest recipe that fails alike, alone in a fresh worker; or that it only fails among others. */
async function explain({ keras, session, backends }, { recipe, built }, verdict) {
  await session.fresh();
  const [alone] = await session.judge([built], backends, 0);
  if (alone.kind !== verdict.kind) {
    return { amongOthers: true };
  }
  const backend = alone.backend ? [alone.backend] : backends;
  const fails = async smaller => {
    const tried = await build(keras, smaller, `${process.pid}-shrinking`);
    if (!tried.batches) {
      return false;
    }
    const [found] = await session.judge([tried], backend, 0);
    await rm(tried.file, { force: true });
    return found.kind === verdict.kind && (verdict.kind === 'wrong' || group(found.why) === group(verdict.why));
  };
  return { small: await shrink(recipe, fails) };
}

function report({ kind, why, recipe, small, amongOthers, backend }) {
  if (kind === 'wrong' || kind === 'error') {
    const note = amongOthers ? ' (only after other models)' : '';
    console.log(`\n${kind} on ${backend}${note}: ${why}\n${pythonText(small ?? recipe)}`);
  }
}

await main();
