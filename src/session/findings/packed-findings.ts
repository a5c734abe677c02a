/**
 * What checks found, as JSON in the metadata of a notebook's output: it took minutes, and is shown again without
 * kernel and model. Anybody may have written what is read.
 */
import type { CHANNEL_KINDS } from '../../explain/channels/health';
import type { Place } from '../../explain/upsample';
import type { Message } from '../../messages/message';
import { isObject } from '../../mime/json';
import { areStandIns, isFingerprint } from '../../mime/parse';
import { viewProblem } from '../../mime/parse-view';
import { type Check, count, flag, list, number, object, oneOf, orNull, pair, text } from '../../results/check';
import { sizeOf } from '../../results/fit';
import { isStoredMessage, type PackedNumber, packedNumber } from '../../results/packed-results';
import type { ResultsModel } from '../../results/result';
import { isPackedTensor, type PackedTensor } from '../../results/tensors/packed-tensor';
import type { OffBy } from '../../state/vocabulary';
import type { SetQuestion } from '../set/set-maps';

const FINDINGS_VERSION = 1;

/** What something was found of: the model, and what else must be the same for it to hold. */
interface About {
  model: ResultsModel;
  /** Of all that was asked and fed, as one text. */
  key: string;
}

/** One letter a kind, in the order of {@link CHANNEL_KINDS}: dead, constant, saturated, like another, live. */
export const KIND_LETTERS = ['d', 'c', 's', 'l', '.'] as const satisfies { length: (typeof CHANNEL_KINDS)['length'] };

export interface PackedLayer {
  layer: string;
  positions: number;
  rectifies: boolean;
  ends: [number | null, number | null];
  /** A letter a channel. */
  kinds: string;
  /** Channel, the one that it is like, correlation. */
  twins: [number, number, number][];
  atEnds: number | null;
  isCompared: boolean;
}

export interface PackedHealth extends About {
  kind: 'health';
  images: number;
  layers: (PackedLayer | { layer: string; problem: Message })[];
  problems: Message[];
}

export interface PackedRanking extends About {
  kind: 'ranking';
  layer: string;
  by: OffBy;
  score: PackedNumber;
  /** By channel. */
  scores: PackedNumber[];
}

/** Maps of one size at one place of their pictures. */
export interface PackedMaps {
  /** Of each map: the index of its image, what names the input, the index of its class. */
  of: [number, string, number][];
  place: Place;
  /** Rows and columns of the model's input. */
  input: [number, number];
  /** (maps, rows, columns). */
  tensor: PackedTensor;
}

export interface PackedSet extends About {
  kind: 'set';
  question: SetQuestion;
  maps: PackedMaps[];
}

export type PackedFinding = PackedHealth | PackedRanking | PackedSet;

export interface PackedFindings {
  version: typeof FINDINGS_VERSION;
  /** Those found last come last. */
  found: PackedFinding[];
}

/** Findings of one view. */
const MOST_FOUND = 500;
const MOST_LAYERS = 20_000;
const MOST_CHANNELS = 100_000;
/** Characters of a key: it names each image. */
const MOST_KEY = 10_000;

const ABOUT: Readonly<Record<string, Check>> = {
  model: object({ fingerprint: isFingerprint, declared: areStandIns }),
  key: text(MOST_KEY)
};

const isPackedLayer = object({
  layer: text(),
  positions: count,
  rectifies: flag,
  ends: pair(orNull(number)),
  kinds: value =>
    text(MOST_CHANNELS)(value) &&
    [...(value as string)].every(letter => (KIND_LETTERS as readonly string[]).includes(letter)),
  twins: list(value => list(number, 3)(value) && (value as number[]).length === 3, MOST_CHANNELS),
  atEnds: orNull(number),
  isCompared: flag
});

const isLayer: Check = value => isPackedLayer(value) || object({ layer: text(), problem: isStoredMessage })(value);

const isSetQuestion: Check = value =>
  object({
    layer: text(),
    method: text(),
    score: text(),
    of: oneOf('explained', 'predicted', 'true'),
    index: number
  })(value) &&
  isObject(value) &&
  ['target', 'output', 'convention'].every(name => name in value) &&
  viewProblem(value) === null;

const isOf: Check = value =>
  Array.isArray(value) && value.length === 3 && count(value[0]) && text()(value[1]) && number(value[2]);

const areMaps: Check = value =>
  object({
    of: list(isOf, MOST_CHANNELS),
    place: object({ u0: number, v0: number, u1: number, v1: number }),
    input: pair(value => count(value) && (value as number) > 0 && (value as number) <= MOST_CHANNELS),
    tensor: isPackedTensor
  })(value) && areWhole(value as PackedMaps);

/** As many maps as are said to be there. */
const areWhole = ({ of, tensor: { shape } }: PackedMaps): boolean => shape.length === 3 && shape[0] === of.length;

const KINDS: Readonly<Record<PackedFinding['kind'], Check>> = {
  health: object({
    ...ABOUT,
    images: count,
    layers: list(isLayer, MOST_LAYERS),
    problems: list(isStoredMessage, 1000)
  }),
  ranking: object({
    ...ABOUT,
    layer: text(),
    by: oneOf('zero', 'mean'),
    score: packedNumber,
    scores: list(packedNumber, MOST_CHANNELS)
  }),
  set: object({ ...ABOUT, question: isSetQuestion, maps: list(areMaps, 10_000) })
};

const isFinding: Check = value =>
  isObject(value) && Object.hasOwn(KINDS, value.kind as string) && KINDS[value.kind as PackedFinding['kind']](value);

const areFindings = object({ version: value => value === FINDINGS_VERSION, found: list(isFinding, MOST_FOUND) });

/** What was stored; nothing where it is damaged, or of another version. Decodes nothing. */
export const readFindings = (raw: unknown): readonly PackedFinding[] =>
  areFindings(raw) ? (raw as PackedFindings).found : [];

/** As much as there is room for, what was found last first; of a set as many maps. Undefined where nothing fits. */
export function fittedFindings(found: readonly PackedFinding[], bytes: number): PackedFindings | undefined {
  let left = bytes - sizeOf({ version: FINDINGS_VERSION, found: [] });
  const kept: PackedFinding[] = [];
  for (const one of found.slice(-MOST_FOUND).reverse()) {
    const fits = one.kind === 'set' ? fittedSet(one, left - 1) : sizeOf(one) < left ? one : null;
    if (fits) {
      left -= sizeOf(fits) + 1;
      kept.unshift(fits);
    }
  }
  return kept.length > 0 ? { version: FINDINGS_VERSION, found: kept } : undefined;
}

function fittedSet(set: PackedSet, bytes: number): PackedSet | null {
  let left = bytes - sizeOf({ ...set, maps: [] });
  const maps = set.maps.filter(some => {
    const size = sizeOf(some) + 1;
    const fits = size <= left;
    left -= fits ? size : 0;
    return fits;
  });
  return maps.length > 0 ? { ...set, maps } : null;
}
