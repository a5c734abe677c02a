/**
 * Results as JSON: in a notebook's metadata, in a file, in a page. What several results have in
 * common stands there once: the model's layers, the outputs of an input, the feature maps of a layer.
 */
import type { BackendName, Ending } from '../engine/protocol/protocol';
import type { ReceptiveField } from '../graph/receptive-field';
import { isMessage, type Message } from '../messages/message';
import { isObject } from '../mime/json';
import { areStandIns, isFingerprint } from '../mime/parse';
import { viewProblem } from '../mime/parse-view';
import { type Check, count, flag, list, number, object, oneOf, orNull, pair, record, text } from './check';
import { MOST_NUMBERS } from './predictions';
import type { Question, ResultsModel } from './result';
import { isPackedTensor, isPackedText, type PackedTensor, type PackedText } from './tensors/packed-tensor';

export const RESULTS_VERSION = 1;

/** JSON has no numbers that are not finite. */
export type PackedNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** What a run says beside its tensors. */
export interface RunFacts {
  /** Name of the output that is explained. */
  output: string | null;
  ending: Ending | null;
  areNumbers?: boolean;
  targets: { index: number; score: PackedNumber }[];
  logits?: PackedNumber[];
  inputSize: [number, number] | null;
  inputSlices?: number;
  areFrames?: boolean;
  field: ReceptiveField | null;
  outputField: ReceptiveField | null;
  explainedInput: string;
  completeness?: { attributed: PackedNumber; difference: PackedNumber }[];
  backend: BackendName;
  notices: Message[];
  /** Samples whose map has no positive value; absent where the map has some. */
  empty?: number[];
  fed: Record<string, [PackedNumber, PackedNumber]>;
}

export interface PackedRun {
  about: Question;
  facts: RunFacts;
  /** Absent where the layer has none. */
  map?: PackedTensor;
  parts?: PackedTensor;
}

/** The model's outputs for an input, by name. */
export interface PackedOutputs {
  input: string;
  tensors: Record<string, PackedTensor>;
}

/** The feature maps of a layer for an input: (channels, height, width), of a volume the slices one under the other. */
export interface PackedPlanes {
  input: string;
  layer: string;
  slices?: number;
  tensor: PackedTensor;
}

/** What the model takes an input for: of each output the class with the highest score, and that. */
export interface PackedGuess {
  input: string;
  tops: Record<string, [number, PackedNumber]>;
  /** Of outputs of few numbers, all of them. */
  numbers?: Record<string, PackedNumber[]>;
}

export interface PackedResults {
  version: typeof RESULTS_VERSION;
  model: ResultsModel;
  /** JSON of a ModelSummary. */
  summary: PackedText;
  /** Those looked at last come last, here and below. */
  runs: PackedRun[];
  outputs: PackedOutputs[];
  planes: PackedPlanes[];
  /** Of a gallery; absent where there is none. */
  guesses?: PackedGuess[];
  /** Of a view of several models: what was found of the others, of that looked at last first. */
  others?: Omit<PackedResults, 'others'>[];
}

/** Results of one view: no notebook that we wrote has nearly as many. */
const MOST_RESULTS = 2000;
/** Models of one view. */
const MOST_OTHERS = 200;
/** Images of one gallery. */
const MOST_GUESSES = 100_000;
/** Bytes of the JSON of a model's layers. */
const MOST_SUMMARY = 1 << 24;

/** A number as JSON can hold it. */
export const packNumber = (value: number): PackedNumber =>
  Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity');

export const packedNumber: Check = value => number(value) || oneOf('NaN', 'Infinity', '-Infinity')(value);

/** Messages hold messages, not without end. */
export const isStoredMessage = (value: unknown, depth = 8): boolean =>
  isObject(value) &&
  isMessage(value) &&
  text()(value.text) &&
  list(part => text()(part) || number(part) || (depth > 0 && isStoredMessage(part, depth - 1)), 100)(value.values);

const isField = object({
  axes: list(object({ jump: number, size: number, start: number }), 3),
  input: list(orNull(number), 3),
  inputs: list(text(), 100),
  seesAll: flag,
  isApart: flag
});

const areFacts = object(
  {
    output: orNull(text()),
    ending: orNull(oneOf('softmax', 'sigmoid', 'none')),
    targets: list(object({ index: number, score: packedNumber }), 100),
    inputSize: orNull(pair(count)),
    field: orNull(isField),
    outputField: orNull(isField),
    explainedInput: text(),
    backend: oneOf('webgl', 'wasm', 'cpu'),
    notices: list(isStoredMessage, 100),
    fed: record(pair(packedNumber), 100)
  },
  {
    areNumbers: flag,
    logits: list(packedNumber, 2),
    inputSlices: count,
    areFrames: flag,
    empty: list(count, 100),
    completeness: list(object({ attributed: packedNumber, difference: packedNumber }), 100)
  }
);

const isQuestion: Check = value =>
  object({ image: count, input: text(), layer: text(), method: text(), score: text() })(value) &&
  isObject(value) &&
  ['target', 'output', 'convention'].every(name => name in value) &&
  viewProblem(value) === null;

const isRun = object({ about: isQuestion, facts: areFacts }, { map: isPackedTensor, parts: isPackedTensor });

const isTop: Check = value => Array.isArray(value) && value.length === 2 && count(value[0]) && packedNumber(value[1]);

const PARTS: [Record<string, Check>, Record<string, Check>] = [
  {
    version: value => value === RESULTS_VERSION,
    model: object({ fingerprint: isFingerprint, declared: areStandIns }),
    summary: value => isPackedText(value, MOST_SUMMARY),
    runs: list(isRun, MOST_RESULTS),
    outputs: list(object({ input: text(), tensors: record(isPackedTensor, 100) }), MOST_RESULTS),
    planes: list(object({ input: text(), layer: text(), tensor: isPackedTensor }, { slices: count }), MOST_RESULTS)
  },
  {
    guesses: list(
      object({ input: text(), tops: record(isTop, 100) }, { numbers: record(list(packedNumber, MOST_NUMBERS), 100) }),
      MOST_GUESSES
    )
  }
];
const isPacked = object(PARTS[0], { ...PARTS[1], others: list(object(...PARTS), MOST_OTHERS) });

/** True of results that can be read. Looks at their shape alone, and decodes nothing. */
export const arePackedResults = (value: unknown): value is PackedResults => isPacked(value);
