/**
 * Tells when a model is fed another range of numbers than it was built for. Only what the model, the
 * numbers or the scores prove is told: docs/viewer.md has the rule, docs/decisions/0016 the figures.
 */
import type { RunResult } from '../../engine/protocol/protocol';
import type { ModelDescription } from '../../graph/layer-info';
import { type Message, message, verbatim } from '../../messages/message';
import type { ModelPayload, PayloadImage, Preprocess } from '../../mime/payload';
import { formatNumber } from '../../viewer/values/numbers';
import { publishedPreprocess, SMALL } from '../opened/guess-preprocess';
import { pythonPreprocess } from '../view/python-literal';

export type DoubtName = 'scaled-twice' | 'not-scaled' | 'of-sixteen';

export interface Doubt {
  name: DoubtName;
  text: Message;
  /** The argument to write in the cell. */
  python: Message;
  /** The preprocessing that would fit; absent where a tensor is fed as it is, which only Python can change. */
  instead?: Preprocess;
}

/** Numbers of this size were not scaled: a photograph of 0..255 has some. */
const LARGE = 20;

/** Layers that divide by as much take 0..255. */
const BYTES = 60;

/** No logit of two classes is as far from 0 on the range that the net was trained on; a sigmoid is 1 from 17 on. */
const LOGIT = 200;

/** The largest gray value of scikit-learn's digits, and half of it, below which values tell nothing. */
const DIGITS = 16;

/** ImageNet's classes: such a network was not trained anew on pictures prepared otherwise. */
const IMAGENET_CLASSES = 1000;

/** @param explained - Of the image, by the preprocessing of the payload. */
export function doubtOf(
  model: ModelDescription,
  { preprocess }: Pick<ModelPayload, 'preprocess'>,
  image: PayloadImage,
  { run }: { run: ScoredRun }
): Doubt | null {
  const input = model.inputs.find(({ name }) => name === image.input) ?? model.inputs[0];
  const fed = input && run.fed[input.name];
  // Vectors and signals are of any range.
  if (!fed || input.shape.length < 4 || fed[0] === fed[1]) {
    return null;
  }
  const isTensor = image.tensor !== undefined;
  const size = Math.max(...fed.map(Math.abs));
  const range = fed.map(value => formatNumber(value, 3));
  const scaling = model.scalings[input.name];
  const published = publishedPreprocess(model);
  const doubt = (name: DoubtName, text: Message, instead: Preprocess): Doubt =>
    isTensor
      ? { name, text, python: instead === 'scale' ? verbatim('image / 255') : asPicture(instead) }
      : { name, text, python: codeOf(instead), instead };

  if (scaling && scaling.reach >= BYTES) {
    const isScaled = size <= SMALL || preprocess === 'caffe';
    return isScaled && (isTensor || preprocess !== null)
      ? doubt('scaled-twice', scaledTwice(scaling.layer, range), null)
      : null;
  }
  const counted = isTensor ? null : largestGray(preprocess, fed);
  if (counted !== null && isGray(input.shape) && isSixteen(counted)) {
    return {
      name: 'of-sixteen',
      text: ofSixteen(range),
      python: verbatim('image / 16'),
      instead: sixteenth(preprocess)
    };
  }
  if (!isTensor && preprocess === null && !scaling && isGray(input.shape) && isSixteen(fed[1])) {
    return { name: 'of-sixteen', text: asSixteen(range), python: verbatim('image / 16'), instead: sixteenth('scale') };
  }
  if (size < LARGE) {
    const isWhole = model.outputs[0]?.shape.at(-1) === IMAGENET_CLASSES;
    return published === 'caffe' && isWhole && !scaling && size <= SMALL
      ? doubt('scaled-twice', notMeans(range), 'caffe')
      : null;
  }
  // A tensor centred by hand is meant so.
  if (!isTensor && preprocess !== null) {
    return null;
  }
  if (scaling) {
    return scaling.reach <= SMALL ? doubt('not-scaled', tooLarge(scaling.layer, range), 'scale') : null;
  }
  if (published === 'tf' || published === 'torch') {
    return doubt('not-scaled', notAsPublished(range), published);
  }
  if (published !== null) {
    return null;
  }
  // Of two softmax classes the higher one's, as it was measured.
  const logit = run.logits && run.logits.length > 0 ? Math.max(...run.logits) : null;
  return isSaturated(run)
    ? doubt('not-scaled', saturated(range), 'scale')
    : logit !== null && Math.abs(logit) > LOGIT
      ? doubt('not-scaled', (run.ending === 'sigmoid' ? beyond : beyondOfTwo)(range, logit), 'scale')
      : null;
}

type ScoredRun = Pick<RunResult, 'fed' | 'outputs' | 'output' | 'ending' | 'logits'>;

/** True if one class has all, and each other exactly nothing: its logit lies more than 103 below. */
function isSaturated({ outputs, output, ending }: ScoredRun): boolean {
  const scores = output !== null && ending === 'softmax' ? outputs[output] : undefined;
  return (
    scores !== undefined &&
    scores.shape.length === 2 &&
    scores.shape[1] > 2 &&
    scores.data.subarray(0, scores.shape[1]).reduce((count, share) => count + (share === 0 ? 1 : 0), 0) ===
      scores.shape[1] - 1
  );
}

const codeOf = (preprocess: Preprocess): Message => verbatim(`preprocess=${pythonPreprocess(preprocess)}`);

const asPicture = (preprocess: Preprocess): Message =>
  message('give the picture of 0 … 255 in place of the tensor, and %1', codeOf(preprocess));

const isGray = (shape: readonly (number | null)[]): boolean => shape.at(-1) === 1;

/** The largest value of 0..255 that was made the largest that is fed; null where that is not asked. */
function largestGray(preprocess: Preprocess, [, high]: readonly [number, number]): number | null {
  return preprocess === 'scale' ? Math.round(high * 255) : preprocess === 'tf' ? Math.round((high + 1) * 127.5) : null;
}

/** Whether a largest gray value is one of scikit-learn's digits. */
const isSixteen = (high: number): boolean => high > DIGITS / 2 && high <= DIGITS;

/** True of a preprocessing that takes 16 for white: pictures are then seen so too. */
export const isOfSixteen = (preprocess: Preprocess): boolean =>
  preprocess !== null &&
  typeof preprocess === 'object' &&
  (['scale', 'tf'] as const).some(named => isSame(preprocess, sixteenth(named)));

type Statistics = Extract<Preprocess, { mean: number[] }>;

const isSame = (a: Statistics, b: Statistics): boolean =>
  (['mean', 'std'] as const).every(
    key => a[key].length > 0 && a[key].every(value => Math.abs(value - b[key][0]) < 1e-6)
  );

/** 0..16 to what 0..255 would have been made of. */
const sixteenth = (preprocess: Preprocess): Statistics =>
  preprocess === 'tf' ? { mean: [DIGITS / 2 / 255], std: [DIGITS / 2 / 255] } : { mean: [0], std: [DIGITS / 255] };

const scaledTwice = (layer: string, [low, high]: string[]): Message =>
  message(
    'The model scales its input itself (%1), but is given %2 … %3, as if that had been done before.',
    layer,
    low,
    high
  );

const notMeans = ([low, high]: string[]): Message =>
  message(
    'Networks of this architecture were trained on 0 … 255 less ImageNet’s mean, but this one is given %1 … %2.',
    low,
    high
  );

const ofSixteen = ([low, high]: string[]): Message =>
  message(
    'No pixel is above 16, as in scikit-learn’s digits, but they were taken for 0 … 255: the model is given %1 … %2.',
    low,
    high
  );

const asSixteen = ([low, high]: string[]): Message =>
  message(
    'No pixel is above 16, as in scikit-learn’s digits, and the model is given them as they are, %1 … %2: were they scaled to 0 … 1 in training?',
    low,
    high
  );

const tooLarge = (layer: string, [low, high]: string[]): Message =>
  message('The model scales its input itself (%1), from about 0 … 1, but is given %2 … %3.', layer, low, high);

const notAsPublished = ([low, high]: string[]): Message =>
  message(
    'Networks of this architecture were trained on small numbers about 0, but this one is given %1 … %2.',
    low,
    high
  );

const saturated = ([low, high]: string[]): Message =>
  message(
    'Given %1 … %2, the model leaves every class but one exactly 0, as it does if it was trained on smaller numbers.',
    low,
    high
  );

const beyond = ([low, high]: string[], logit: number): Message =>
  message(
    'Given %1 … %2, the model’s one unit has the logit %3, far beyond where its sigmoid is 0 or 1, as it has if it was trained on smaller numbers.',
    low,
    high,
    formatNumber(logit, 3)
  );

const beyondOfTwo = ([low, high]: string[], logit: number): Message =>
  message(
    'Given %1 … %2, the model’s surer class has the logit %3, far beyond where its softmax is 1, as it has if it was trained on smaller numbers.',
    low,
    high,
    formatNumber(logit, 3)
  );
