/** The command line of `npm run explain`. Every misuse is one sentence. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closest } from './layers.mjs';

const { words } = JSON.parse(readFileSync(new URL('../src/state/vocabulary.json', import.meta.url), 'utf8'));

/** “a, b or c”. */
const either = choices => choices.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** Checks of a map, each with what it asks unless told otherwise. */
const CHECK_DEFAULTS = {
  curves: {},
  road: {},
  randomisation: { order: 'cascading' },
  agreement: { methods: ['grad-cam', 'hires-cam', 'layer-cam', 'eigen-cam', 'saliency', 'input-x-gradient'] },
  advice: { methods: ['grad-cam', 'hires-cam', 'layer-cam', 'saliency'], layers: [] }
};
const CHECKS = Object.keys(CHECK_DEFAULTS);

export const USAGE = `Usage: npm run explain -- --model M --input X.npy --out DIR [options]

  --model M          a .h5 or .keras file
  --input X.npy      the tensor (n, h, w, c) given to the model; --input name=X.npy, repeated, where it has several inputs
  --out DIR          folder that the results are written to
  --layer L[,L2…]    layers to explain (default: the last convolution-like one)
  --target T         argmax (default), a class index, 3-5 for class 3 less class 5, or JSON:
                     '{"class": 3, "minus": 5, "negative": true}', '{"layer": L, "channel": 7, "area": [top, left, bottom, right]}'
  --method NAME      explanation (default: grad-cam)
  --convention NAME  a library whose Grad-CAM to reproduce: ${either(words.ConventionName.values)}
  --set NAME=NUMBER  of the method: steps, baseline, samples, noise, seed, patch, stride or channels; repeated
  --check NAME[=JSON] whether the map of the first layer is to be trusted: ${either(CHECKS)}; repeated;
                     JSON has the rest of what src/engine/protocol/trust.ts declares:
                     --check 'curves={"convention": "xplique", "steps": 10}', --check 'randomisation={"order": "independent"}'
  --score KIND       ${either(words.ScoreKind.values)} (default: logit)
  --layers JSON      what stands in for layers that exist only as Python code: '{"FixedDropout": "identity"}'
  --backend NAME     auto, webgl, wasm or cpu (default: auto)
`;

const SETTINGS = ['steps', 'baseline', 'samples', 'noise', 'seed', 'patch', 'stride', 'channels'];
const BACKENDS = ['auto', 'webgl', 'wasm', 'cpu'];

/** A misuse of the command line, in one sentence. */
export class UsageError extends Error {
  name = 'UsageError';
}

/**
 * @param {string[]} argv the words after `npm run explain --`
 * @returns {{ help: boolean, model: string, inputs: Record<string, string>, out: string, layers: string[],
 *   target: any, method: string, convention: string | null, settings: Record<string, number>,
 *   checks: Record<string, any>[], standIns: Record<string, unknown>, score: string, backend: string }}
 *   `inputs` has the key '' for the only input; where `help` is wanted, nothing else is read
 * @throws {UsageError}
 */
export function readArguments(argv) {
  /** @type {Record<string, any>} */
  const values = parse(argv);
  if (values.help) {
    return /** @type {any} */ ({ help: true });
  }
  for (const [name, example] of [
    ['model', 'model.h5'],
    ['input', 'X.npy'],
    ['out', 'results']
  ]) {
    if (values[name] === undefined) {
      throw new UsageError(`--${name} is missing: add --${name} ${example}.`);
    }
  }
  return {
    help: false,
    model: values.model,
    inputs: readInputs(values.input),
    out: values.out,
    layers: readLayers(values.layer),
    target: readTarget(values.target),
    // The engine knows the methods.
    method: values.method ?? 'grad-cam',
    convention:
      values.convention === undefined ? null : oneOf('convention', values.convention, words.ConventionName.values),
    settings: readSettings(values.set),
    checks: (values.check ?? []).map(readCheck),
    standIns: readStandIns(values.layers),
    score: oneOf('score', values.score ?? 'logit', words.ScoreKind.values),
    backend: oneOf('backend', values.backend ?? 'auto', BACKENDS)
  };
}

/** @type {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = {
  model: { type: 'string' },
  input: { type: 'string', multiple: true },
  out: { type: 'string' },
  layer: { type: 'string', multiple: true },
  target: { type: 'string' },
  method: { type: 'string' },
  convention: { type: 'string' },
  set: { type: 'string', multiple: true },
  check: { type: 'string', multiple: true },
  layers: { type: 'string' },
  score: { type: 'string' },
  backend: { type: 'string' },
  help: { type: 'boolean', short: 'h' }
};

function parse(argv) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    const unknown = /Unknown option '--?([^']*)'/.exec(error.message)?.[1];
    if (unknown !== undefined) {
      throw new UsageError(
        `There is no option --${unknown}: did you mean --${closest(unknown, Object.keys(OPTIONS ?? {}), 1)}?`
      );
    }
    const positional = /Unexpected argument '([^']*)'/.exec(error.message)?.[1];
    if (positional !== undefined) {
      throw new UsageError(`“${positional}” follows no option: write --input ${positional}, or --model ${positional}.`);
    }
    const lacking = /Option '(?:-\w, )?--(\w+)/.exec(error.message)?.[1];
    throw new UsageError(lacking ? `--${lacking} needs a value.` : error.message.split('\n')[0]);
  }
}

function readInputs(inputs) {
  /** @type {Record<string, any>} */
  const byName = {};
  for (const input of inputs) {
    // A `/` before the `=` belongs to a path, not to an input's name.
    const [, name, path] = /^(?:([^=/]+)=)?(.*)$/s.exec(input) ?? [];
    const key = name ?? '';
    if (path === '') {
      throw new UsageError(`--input ${input} names no file: write --input ${key || 'X'}=X.npy.`);
    }
    if (key in byName) {
      throw new UsageError(
        key ? `--input ${key}=… is given twice.` : 'Several inputs need names: write --input name=X.npy for each.'
      );
    }
    byName[key] = path;
  }
  if ('' in byName && Object.keys(byName).length > 1) {
    throw new UsageError('Several inputs need names: write --input name=X.npy for each.');
  }
  return byName;
}

function readLayers(layers = []) {
  const names = layers.flatMap(list => list.split(',')).map(name => name.trim());
  if (names.includes('')) {
    throw new UsageError('--layer has an empty name: write --layer first,second.');
  }
  return [...new Set(names)];
}

function readTarget(target = 'argmax') {
  if (target === 'argmax') {
    return null;
  }
  const [, first, second] = /^(\d+)-(\d+)$/.exec(target) ?? [];
  if (first !== undefined) {
    return { class: Number(first), minus: Number(second) };
  }
  if (target.startsWith('{')) {
    return readJson(target);
  }
  if (!/^\d+$/.test(target)) {
    throw new UsageError(
      `--target is “${target}”, but takes a class index (0, 1, 2, …), argmax, 3-5, or JSON (see --help).`
    );
  }
  return Number(target);
}

function readJson(text) {
  let target;
  try {
    target = JSON.parse(text);
  } catch {
    throw new UsageError(`--target is “${text}”, which is no JSON: write '{"class": 3, "minus": 5}'.`);
  }
  if (typeof target.layer === 'string') {
    return { channel: null, ...target };
  }
  if (!('class' in target)) {
    throw new UsageError(`--target is “${text}”, but names neither a class nor a layer.`);
  }
  return target;
}

function readSettings(assignments = []) {
  /** @type {Record<string, number>} */
  const settings = {};
  for (const assignment of assignments) {
    const [, name, value] = /^(\w+)=(-?[\d.]+(?:e-?\d+)?)$/.exec(assignment) ?? [];
    if (name === undefined || !Number.isFinite(Number(value))) {
      throw new UsageError(`--set is “${assignment}”: write --set steps=100.`);
    }
    settings[oneOf('set', name, SETTINGS)] = Number(value);
  }
  return settings;
}

/** “curves”, or “curves={…}”. */
function readCheck(text) {
  const [, name, json = '{}'] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const kind = oneOf('check', name, CHECKS);
  try {
    const given = JSON.parse(json);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      return { kind, ...CHECK_DEFAULTS[kind], ...given };
    }
  } catch {
    // Said below.
  }
  throw new UsageError(`--check is “${text}”: write --check ${kind}, or --check '${kind}={"steps": 10}'.`);
}

function readStandIns(text = '{}') {
  try {
    const standIns = JSON.parse(text);
    if (typeof standIns === 'object' && standIns !== null && !Array.isArray(standIns)) {
      return standIns;
    }
  } catch {
    // Said below.
  }
  throw new UsageError(`--layers is “${text}”: write '{"FixedDropout": "identity"}'.`);
}

/** @throws {UsageError} unless `value` is among the `choices` of `--option` */
export function oneOf(option, value, choices) {
  if (!choices.includes(value)) {
    throw new UsageError(`--${option} is “${value}”, but takes ${either(choices)}.`);
  }
  return value;
}
