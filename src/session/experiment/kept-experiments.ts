/**
 * Experiments as JSON, in the metadata of a notebook's output: what is done to the picture, and the scores. Maps
 * are computed again where the model is at hand. Anybody may have written what is read.
 */
import type { ScoredRun } from '../../classes/classes';
import type { Ending, RunResult, TensorData } from '../../engine/protocol/protocol';
import { channelMeans } from '../../engine/run/scoring/score';
import { isMask } from '../../mime/parse-view';
import type { Perturbation } from '../../perturb/perturbation';
import { type Check, count, flag, list, number, object, oneOf, orNull, pair, record, text } from '../../results/check';
import { sizeOf } from '../../results/fit';
import { type PackedNumber, packedNumber, packNumber } from '../../results/packed-results';

const EXPERIMENTS_VERSION = 1;

/** The part of a run that says its classes, their scores, and the one explained. */
export type Scores = ScoredRun & Pick<RunResult, 'targets'>;

/** A perturbation that was kept, with what the model said. */
export interface Entry {
  readonly name: string;
  readonly perturbation: Perturbation;
  /** Index into the payload's images. */
  readonly image: number;
  /** Name of the model, where the view has several. */
  readonly model?: string;
  readonly run: Scores;
  readonly before: Scores;
}

export interface KeptExperiments {
  /** What is on the screen. */
  readonly now: Perturbation;
  /** Those kept first come first. */
  readonly entries: readonly Entry[];
}

interface PackedScores {
  output: string | null;
  ending: Ending | null;
  areNumbers?: boolean;
  /** How many numbers each output gives; of a picture, at each pixel. */
  channels: Record<string, number>;
  /** Index of the class explained. */
  explained: number | null;
  /** Of the output that is explained; of a picture, their means over it. */
  values: PackedNumber[];
}

interface PackedEntry {
  name: string;
  image: number;
  model?: string;
  perturbation: Perturbation;
  before: PackedScores;
  after: PackedScores;
}

interface Packed {
  version: typeof EXPERIMENTS_VERSION;
  now?: Perturbation;
  entries: PackedEntry[];
}

/** Bytes of a notebook that the experiments of a view take at most. */
export const MOST_BYTES = 500_000;
const MOST_ENTRIES = 200;
const MOST_CLASSES = 100_000;
/** Cells of a mask along a side. */
const LONGEST_SIDE = 512;
/** Pixels: no picture that a browser opens is wider. */
const FARTHEST = 100_000;
/** Pixels: a blur costs time by them. */
const WIDEST_BLUR = 10_000;

const within =
  (low: number, high: number): Check =>
  value =>
    number(value) && (value as number) >= low && (value as number) <= high;

/** Looks at the sizes before anything of that size is made. */
const isCover: Check = value =>
  isMask(value) &&
  value.shape.every(within(1, LONGEST_SIDE)) &&
  value.runs.reduce((sum, run) => sum + run, 0) === value.shape[0] * value.shape[1];

const isPerturbation = object(
  {},
  {
    cover: isCover,
    fill: oneOf('black', 'mean', 'grey', 'blur', 'noise', 'surroundings'),
    soft: value => count(value) && within(0, WIDEST_BLUR)(value),
    brightness: within(-1, 1),
    contrast: within(0, 1000),
    blur: value => count(value) && within(0, WIDEST_BLUR)(value),
    shift: pair(within(-FARTHEST, FARTHEST)),
    rotation: within(-3600, 3600)
  }
);

const areScores = object(
  {
    output: orNull(text()),
    ending: orNull(oneOf('softmax', 'sigmoid', 'none')),
    channels: record(count, 100),
    explained: orNull(count),
    values: list(packedNumber, MOST_CLASSES)
  },
  { areNumbers: flag }
);

const isPacked = object(
  {
    version: value => value === EXPERIMENTS_VERSION,
    entries: list(
      object(
        {
          name: text(),
          image: count,
          perturbation: isPerturbation,
          before: value => areScores(value) && areWhole(value as PackedScores),
          after: value => areScores(value) && areWhole(value as PackedScores)
        },
        { model: text() }
      ),
      MOST_ENTRIES
    )
  },
  { now: isPerturbation }
);

/** The numbers that are said to be there are there. */
const areWhole = ({ output, channels, values }: PackedScores): boolean =>
  output === null ? values.length === 0 : Object.hasOwn(channels, output) && channels[output] === values.length;

/**
 * What a notebook keeps of the experiments, as far as there is room: those kept last go first. Undefined where
 * there is nothing to keep.
 */
export function packExperiments({ now, entries }: KeptExperiments): Packed | undefined {
  const base: Packed = { version: EXPERIMENTS_VERSION, ...(Object.keys(now).length > 0 ? { now } : {}), entries: [] };
  const fits = sizeOf(base) <= MOST_BYTES ? base : { version: EXPERIMENTS_VERSION, entries: [] };
  let left = MOST_BYTES - sizeOf(fits);
  const kept: PackedEntry[] = [];
  for (const entry of entries.slice(-MOST_ENTRIES).reverse()) {
    const { packed, size } = packedEntry(entry);
    left -= size + 1;
    if (left < 0) {
      break;
    }
    kept.unshift(packed);
  }
  const isEmpty = kept.length === 0 && !('now' in fits);
  return isEmpty ? undefined : { ...fits, version: EXPERIMENTS_VERSION, entries: kept };
}

/** Reads what {@link packExperiments} wrote; nothing where it is damaged, or of another version. */
export function readExperiments(raw: unknown): KeptExperiments {
  if (!isPacked(raw)) {
    return { now: {}, entries: [] };
  }
  const { now = {}, entries } = raw as Packed;
  return { now, entries: entries.map(entryOf) };
}

/** Entries never change, and each stroke packs them all. */
const packedEntries = new WeakMap<Entry, { packed: PackedEntry; size: number }>();

function packedEntry(entry: Entry): { packed: PackedEntry; size: number } {
  const known = packedEntries.get(entry);
  if (known) {
    return known;
  }
  const packed = packEntry(entry);
  const made = { packed, size: sizeOf(packed) };
  packedEntries.set(entry, made);
  return made;
}

const packEntry = ({ name, image, model, perturbation, before, run }: Entry): PackedEntry => ({
  name,
  image,
  ...(model === undefined ? {} : { model }),
  perturbation,
  before: packScores(before),
  after: packScores(run)
});

const entryOf = ({ name, image, model, perturbation, before, after }: PackedEntry): Entry => ({
  name,
  image,
  ...(model === undefined ? {} : { model }),
  perturbation,
  before: scoresOf(before),
  run: scoresOf(after)
});

function packScores(scores: Scores): PackedScores {
  const { outputs, output, ending, areNumbers, targets } = scores;
  return {
    output: output === null || !(output in outputs) ? null : output,
    ending,
    ...(areNumbers ? { areNumbers } : {}),
    channels: Object.fromEntries(Object.entries(outputs).map(([name, { shape }]) => [name, lastOf(shape)])),
    explained: targets[0] && targets[0].index >= 0 ? targets[0].index : null,
    values: valuesOf(scores).map(rounded)
  };
}

/** The scores of the first sample, as classes are ranked by; of a picture, their means. */
export function valuesOf({ outputs, output }: Scores): number[] {
  if (output === null || !(output in outputs)) {
    return [];
  }
  const { shape, data } = outputs[output];
  const cells = shape.slice(1, -1).reduce((all, size) => all * size, 1);
  return [...channelMeans(data, 0, cells, lastOf(shape))];
}

function scoresOf({ output, ending, areNumbers, channels, explained, values }: PackedScores): Scores {
  const data = Float32Array.from(values, Number);
  const outputs = Object.entries(channels).map(([name, size]): [string, TensorData] => [
    name,
    { shape: [1, size], data: name === output ? data : new Float32Array() }
  ]);
  return {
    outputs: Object.fromEntries(outputs),
    output,
    ending,
    ...(areNumbers ? { areNumbers } : {}),
    targets: explained === null ? [] : [{ index: explained, score: NaN }]
  };
}

const lastOf = (shape: readonly number[]): number => shape[shape.length - 1] ?? 0;

/** Nine digits are a float32, to the bit. */
const rounded = (value: number): PackedNumber => packNumber(Number(value.toPrecision(9)));
