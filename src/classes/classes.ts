import type { TranslationBundle } from '@jupyterlab/translation';
import type { RunResult } from '../engine/protocol/protocol';
import { channelMeans } from '../engine/run/scoring/score';
import type { GridLayout, OutputReading } from '../explain/names';
import { type Message, message } from '../messages/message';
import { formatNumber } from '../viewer/values/numbers';
import { isGrid } from './spatial-output';

/** The part of a run that says what its classes are, and their scores. */
export type ScoredRun = Pick<RunResult, 'outputs' | 'output' | 'ending' | 'areNumbers'>;

/** One class of the output that is explained, as a view lists it. */
export interface ClassScore {
  /** Class index, as `target` counts them. */
  index: number;
  label: string;
  /** The model's own output for it: a probability when the model ends in softmax or sigmoid. */
  score: number;
}

/**
 * The kind of an output's numbers:
 * - `classes`: a score for each, the channels of a picture of probabilities too;
 * - `channels`: those of a picture or a volume that are no probabilities, as features are;
 * - `unit`: one sigmoid unit, or one a pixel, the probability of class 1 against class 0;
 * - `value`: one number that is no probability, as a regression gives;
 * - `values`: several of them, by the loss that the model was trained with.
 */
export type OutputKind = 'classes' | 'channels' | 'unit' | 'value' | 'values';

export interface ClassScores {
  kind: OutputKind;
  classes: ClassScore[];
  /** All within 0..1: they can be drawn as shares. */
  areProbabilities: boolean;
  /** Names of the model's outputs, and the one whose classes these are. */
  outputs: readonly string[];
  output: string | null;
  /** Says that there are more or fewer names than classes; null where they match, or there are none. */
  mismatch: Message | null;
}

/**
 * The classes of the first sample, highest score first; numbers of a regression in their order.
 *
 * Of a single sigmoid unit both sides are listed. Of an output that is a
 * picture (segmentation, no head), each channel is a class, and its score the
 * mean over the picture, as the engine has it.
 */
export function rankClasses(
  run: ScoredRun,
  labels: readonly string[] | undefined,
  trans: TranslationBundle,
  reading: OutputReading | null = null
): ClassScores {
  const outputs = Object.keys(run.outputs);
  const output = run.output === null ? undefined : run.outputs[run.output];
  const kind = outputKind(run, reading);
  if (isGrid(reading)) {
    return { ...NO_CLASSES, kind, outputs, output: run.output, mismatch: mismatchOfGrid(labels, reading) };
  }
  if (!output || output.shape.length < 2) {
    return { ...NO_CLASSES, kind, outputs, output: run.output };
  }
  const channels = output.shape[output.shape.length - 1];
  const cells = output.shape.slice(1, -1).reduce((a, b) => a * b, 1);
  const values = [...channelMeans(output.data, 0, cells, channels)];
  const areProbabilities = !isRegression(kind) && values.every(value => value >= 0 && value <= 1);
  const scores = kind === 'unit' ? [1 - values[0], values[0]] : values;
  const name = classNamer(run, labels, trans, reading);
  const classes = scores.map((score, index) => ({ index, score, label: name(index) }));
  if (kind !== 'values') {
    classes.sort((a, b) => b.score - a.score || a.index - b.index);
  }
  return { kind, classes, areProbabilities, outputs, output: run.output, mismatch: mismatch(run, labels) };
}

const NO_CLASSES = { classes: [], areProbabilities: false, mismatch: null };

/** True of numbers that are measured: none of them is a class, and none wins. */
export const isRegression = (kind: OutputKind): boolean => kind === 'value' || kind === 'values';

/** Tells the kind of the explained output's numbers; of a picture without an ending, what it is read as. */
export function outputKind(
  { output, outputs, ending, areNumbers = false }: ScoredRun,
  reading: OutputReading | null = null
): OutputKind {
  const shape = output === null ? [] : outputs[output].shape;
  if (ending === 'sigmoid' && shape.length > 1 && shape[shape.length - 1] === 1) {
    return 'unit';
  }
  const isSingle = shape.length > 1 && shape.slice(1).every(size => size === 1);
  if (!isSingle) {
    const areFeatures = shape.length > 2 && ending === 'none' && (reading === null || reading === 'features');
    return areFeatures ? 'channels' : areNumbers && shape.length === 2 ? 'values' : 'classes';
  }
  return ending === 'none' ? 'value' : 'classes';
}

/**
 * Names for the classes of the output that is explained, by their index. One
 * name for a sigmoid unit is the unit's, two are those of class 0 and class 1.
 * Names that fit another output of the model are that one's.
 */
export function classNamer(
  run: ScoredRun,
  labels: readonly string[] | undefined,
  trans: TranslationBundle,
  reading: OutputReading | null = null
): (index: number) => string {
  const kind = outputKind(run, reading);
  const own = labels && !isGrid(reading) && belongElsewhere(run, labels.length) ? undefined : labels;
  if (kind === 'value') {
    return () => own?.[0] ?? trans.__('the output');
  }
  if (kind === 'unit' && own?.length === 1) {
    return index => (index === 1 ? own[0] : trans.__('not %1', own[0]));
  }
  const unnamed = (index: number): string =>
    kind === 'values'
      ? trans.__('output %1', index)
      : kind === 'channels'
        ? trans.__('output channel %1', index)
        : trans.__('class %1', index);
  return index => own?.[index] ?? unnamed(index);
}

/** True if a number of names is right for an output with so many channels. */
const fits = (names: number, kind: OutputKind, channels: number): boolean =>
  names === channels || (kind === 'unit' && names === 2);

/** The number of channels, or classes, of an output. */
const channelsOf = (run: ScoredRun, output: string): number => run.outputs[output].shape.slice(1).pop() ?? 1;

function belongElsewhere(run: ScoredRun, names: number): boolean {
  const others = Object.keys(run.outputs).filter(name => name !== run.output);
  return (
    run.output !== null &&
    !fits(names, outputKind(run), channelsOf(run, run.output)) &&
    others.some(name => channelsOf(run, name) === names)
  );
}

function mismatchOfGrid(labels: readonly string[] | undefined, { classes }: GridLayout): Message | null {
  return labels && labels.length !== classes
    ? message(
        'There are %1 class names, but the grid has %2 classes: check that they belong to this model.',
        labels.length,
        classes
      )
    : null;
}

function mismatch(run: ScoredRun, labels: readonly string[] | undefined): Message | null {
  if (!labels || run.output === null || belongElsewhere(run, labels.length)) {
    return null;
  }
  const [kind, channels] = [outputKind(run), channelsOf(run, run.output)];
  if (fits(labels.length, kind, channels)) {
    return null;
  }
  if (kind === 'values') {
    return message(
      'There are %1 names, but the output %2 has %3 numbers: check that they belong to this model.',
      labels.length,
      run.output,
      channels
    );
  }
  return kind === 'classes' || kind === 'channels'
    ? message(
        'There are %1 class names, but the output %2 has %3 classes: check that they belong to this model.',
        labels.length,
        run.output,
        channels
      )
    : message(
        'There are %1 class names, but the output %2 is one number: check that they belong to this model.',
        labels.length,
        run.output
      );
}

/** Classes whose label holds every word of the query, or whose number begins with it; in the order given. */
export function searchClasses(classes: readonly ClassScore[], query: string): readonly ClassScore[] {
  const words = query.toLowerCase().replaceAll('_', ' ').split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return classes;
  }
  const isNumber = words.length === 1 && /^\d+$/.test(words[0]);
  return classes.filter(({ label, index }) => {
    const text = label.toLowerCase().replaceAll('_', ' ');
    return words.every(word => text.includes(word)) || (isNumber && String(index).startsWith(words[0]));
  });
}

/**
 * A score as people compare it, the same everywhere: probabilities by their decimals, other values by their digits.
 *
 * @param length - `short` under a thumbnail, where there is little room.
 */
export function scoreText(score: number, isProbability: boolean, length: 'whole' | 'short' = 'whole'): string {
  const isShort = length === 'short';
  return isProbability ? score.toFixed(isShort ? 2 : 4) : formatNumber(score, isShort ? 3 : 4);
}
