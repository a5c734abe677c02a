/** Predictions of images, beside their true classes. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { RunResult } from '../engine/protocol/protocol';
import { type Message, message } from '../messages/message';
import type { ModelPayload } from '../mime/payload';
import { type Guess, MOST_NUMBERS } from '../results/predictions';
import type { ImageOrder } from '../state/view-state';
import { classNamer, isRegression, type OutputKind, outputKind, scoreText } from './classes';

/** A gallery's caption of an image. */
export interface Verdict {
  /** Index of the highest-scoring class; null where there is none, or it is not known yet. */
  predicted: number | null;
  /** Its score, or the output of a regression: of several numbers, the one that is explained. */
  score: number | null;
  /** Of a regression of several numbers, all of them. */
  numbers?: readonly number[];
  /** Index of the class that it is of; null where that is not known. */
  truth: number | null;
  /** True if the two are the same; null where one of them is not known, or the classes do not exclude each other. */
  isRight: boolean | null;
  /** The reason that there is no prediction. */
  problem: Message | null;
}

/** The verdict on an image of class `truth`, of the output that `run` explains. */
export function verdictOn(guess: Guess | null, truth: number | null, run: RunResult | null): Verdict {
  const top = run?.output ? guess?.tops?.[run.output] : undefined;
  const none = { predicted: null, score: null, truth, isRight: null, problem: guess?.problem ?? null };
  if (!run || !top) {
    return none;
  }
  const kind = outputKind(run);
  if (Number.isNaN(top.score)) {
    return { ...none, problem: message('The model computes NaN in its output.') };
  }
  if (kind === 'values') {
    return top.all ? { ...none, score: top.all[explainedNumber(run)] ?? null, numbers: top.all } : none;
  }
  if (kind === 'value') {
    return { ...none, score: top.score };
  }
  // The unit's score is that of class 1; at a tie, class 0 comes first.
  const isOther = kind === 'unit' && top.score <= 0.5;
  const predicted = kind === 'unit' ? Number(!isOther) : top.index;
  const score = isOther ? 1 - top.score : top.score;
  const isRight = truth === null || !areExclusive(run) ? null : predicted === truth;
  return { ...none, predicted, score, isRight };
}

/** The index of the number that is explained. */
const explainedNumber = ({ targets }: RunResult): number => Math.max(0, targets[0]?.index ?? 0);

/** False of several sigmoids: an image may be of many of their classes, so the highest one is no verdict. */
export const areExclusive = (run: RunResult): boolean => run.ending !== 'sigmoid' || outputKind(run) === 'unit';

/** Why images are not judged by such classes. */
export const NOT_EXCLUSIVE = message(
  'The classes of this output do not exclude each other, so an image is not right or wrong by its highest score.'
);

/** True of outputs of classes: the largest of a picture's features tells none, nor do numbers of a regression. */
export const saysClasses = (run: RunResult): boolean => !['channels', 'values'].includes(outputKind(run));

/** True of outputs of which there is something to say in a caption: the largest of a picture's features tells nothing, nor do many numbers. */
export function isTold(run: RunResult): boolean {
  const kind = outputKind(run);
  return kind === 'values' ? numberOfClasses(run, run.output ?? '', kind) <= MOST_NUMBERS : kind !== 'channels';
}

/** The class that each image is of, as the output numbers them; null where that is not known. */
export function truthsOf({ images, ...payload }: Told, run: RunResult | null): (number | null)[] {
  const isOther = run !== null && areOtherClasses(payload, run);
  return images.map(({ truth = null }) => (isOther ? null : truth));
}

/** What a payload tells of classes. */
type Told = Pick<ModelPayload, 'images' | 'labels' | 'labelsOf'>;

/** True if the classes are sub-folders, of another number than the output's classes. */
const areOtherClasses = ({ labels = [], labelsOf }: Omit<Told, 'images'>, run: RunResult): boolean =>
  labelsOf === 'folders' && run.output !== null && labels.length !== numberOfClasses(run, run.output, outputKind(run));

/** A warning that images have true classes which the output does not have, or not in this way; null where all is well. */
export function truthNotice(payload: Told, run: RunResult): Message | null {
  const known = payload.images.flatMap(({ truth }) => truth ?? []);
  if (known.length === 0 || run.output === null) {
    return null;
  }
  if (areOtherClasses(payload, run)) {
    return message(
      'The folder has %1 sub-folders, but the output %2 has %3 classes: the true classes are not compared. Give labels=… with the names of all classes, or y=….',
      payload.labels?.length ?? 0,
      run.output,
      numberOfClasses(run, run.output, outputKind(run))
    );
  }
  const kind = outputKind(run);
  if (isRegression(kind) || kind === 'channels') {
    return message('y names classes, but the output %1 has none: the true classes are not compared.', run.output);
  }
  const classes = numberOfClasses(run, run.output, kind);
  const outside = known.find(truth => truth >= classes);
  return outside === undefined
    ? areExclusive(run)
      ? null
      : NOT_EXCLUSIVE
    : message('y has the class %1, but the output %2 has %3 classes, numbered from 0.', outside, run.output, classes);
}

function numberOfClasses(run: RunResult, output: string, kind: OutputKind): number {
  const channels = run.outputs[output].shape.at(-1) ?? 1;
  return kind === 'unit' ? 2 : channels;
}

/** An image's prediction, true class and whether they agree, as a gallery writes and says them. */
export interface VerdictText {
  /** `cat 0.81` */
  prediction: string;
  /** `true: dog` */
  truth: string;
  /** All of it, for who does not see the marks. */
  whole: string;
}

export function verdictText(
  { predicted, score, numbers, truth, isRight }: Verdict,
  run: RunResult | null,
  labels: readonly string[] | undefined,
  trans: TranslationBundle
): VerdictText {
  const name = run ? classNamer(run, labels, trans) : (index: number) => labels?.[index] ?? trans.__('class %1', index);
  const isProbability = run === null || run.ending !== 'none';
  const number = score === null ? '' : scoreText(score, isProbability && isShare(score), 'short');
  // The mean score over the pixels is not the share of the pixels, which a segmentation lists.
  const isMean = !!run && run.output !== null && run.outputs[run.output].shape.length > 2;
  const told = isMean && number !== '' ? trans.__('mean %1', number) : number;
  const named = predicted ?? (numbers && run ? explainedNumber(run) : null);
  const prediction = [...(named === null ? [] : [name(named)]), told].filter(Boolean).join(' ');
  const all = numbers?.map((value, i) => `${name(i)} ${scoreText(value, false, 'short')}`).join(', ');
  const trueClass = truth === null ? '' : trans.__('true: %1', name(truth));
  const judged = isRight === null ? '' : isRight ? trans.__('right') : trans.__('wrong');
  return { prediction, truth: trueClass, whole: [all ?? prediction, trueClass, judged].filter(Boolean).join(', ') };
}

const isShare = (score: number): boolean => score >= 0 && score <= 1;

/** Indices of images in the order asked for. Among equals, and where nothing is known, the order given. */
export function imagesInOrder(verdicts: readonly Verdict[], order: ImageOrder): number[] {
  const indices = [...verdicts.keys()];
  const key = KEYS[order];
  return key ? indices.sort((a, b) => compare(key(verdicts[a]), key(verdicts[b])) || a - b) : indices;
}

/** The key to sort by, smallest first; null comes last. */
type Key = (verdict: Verdict) => readonly (number | null)[];

const descending = (score: number | null): number | null => score && -score;

const KEYS: Record<ImageOrder, Key | null> = {
  given: null,
  // The surest error is the worst.
  errors: ({ isRight, score }) => (isRight === false ? [0, descending(score)] : [1]),
  score: ({ score }) => [descending(score)],
  truth: ({ truth, predicted, score }) => [truth, predicted, descending(score)],
  prediction: ({ predicted, score }) => [predicted, descending(score)]
};

function compare(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? Infinity) < (b[at] ?? Infinity) ? -1 : 1;
}
