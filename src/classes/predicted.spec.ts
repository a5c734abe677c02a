import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import type { Ending, RunResult } from '../engine/protocol/protocol';
import { english } from '../messages/message';
import { guessOf } from '../results/predictions';
import { rankClasses } from './classes';
import {
  imagesInOrder,
  isTold,
  saysClasses,
  truthNotice,
  truthsOf,
  type Verdict,
  verdictOn,
  verdictText
} from './predicted';

const trans = nullTranslator.load('gradlens');

/** A run whose one output has these values. */
const run = (shape: number[], ending: Ending, data: number[] = [0]): RunResult =>
  ({
    outputs: { head: { shape, data: Float32Array.from(data) } },
    output: 'head',
    ending,
    targets: []
  }) as unknown as RunResult;
const imageOf = (truth?: number) => ({ name: 'a.png', picture: '', truth });
const classes = run([1, 3], 'softmax');
const said = (...scores: number[]) => guessOf({ scores: { head: Float64Array.from(scores) } });

describe('the verdict on an image', () => {
  it('names the highest class, as the list of classes has it, and tells whether that is right', () => {
    const scores = [0.125, 0.625, 0.25];
    const [best] = rankClasses(run([1, 3], 'softmax', scores), undefined, trans).classes;
    expect(verdictOn(said(...scores), 1, classes)).toMatchObject({ predicted: 1, score: 0.625, isRight: true });
    expect([best.index, best.score]).toEqual([1, 0.625]);
    expect(verdictOn(said(...scores), 0, classes).isRight).toBe(false);
    expect(verdictOn(said(...scores), null, classes).isRight).toBeNull();
  });

  it('gives the side of a sigmoid unit, and its probability', () => {
    const unit = run([1, 1], 'sigmoid');
    expect(verdictOn(said(0.125), 0, unit)).toMatchObject({ predicted: 0, score: 0.875, isRight: true });
    expect(verdictOn(said(0.75), 0, unit)).toMatchObject({ predicted: 1, score: 0.75, isRight: false });
  });

  it('is the number of a regression, of which nothing is right or wrong', () => {
    expect(verdictOn(said(-2.5), 0, run([1, 1], 'none'))).toMatchObject({
      predicted: null,
      score: -2.5,
      isRight: null
    });
  });

  it('is the number explained of a regression of several, with all of them to be read', () => {
    const several = { ...run([1, 2], 'none'), areNumbers: true, targets: [{ index: 1, score: 0 }] };
    const verdict = verdictOn(said(0.31, 1.25), null, several);
    expect(verdict).toMatchObject({ predicted: null, score: 1.25, isRight: null });
    expect(verdictText(verdict, several, ['x', 'y'], trans)).toMatchObject({
      prediction: 'y 1.25',
      whole: 'x 0.31, y 1.25'
    });
    expect([isTold(several), saysClasses(several)]).toEqual([true, false]);
    expect(isTold({ ...run([1, 40], 'none'), areNumbers: true })).toBe(false);
  });

  it('writes a number of a regression by its digits, and a probability by its decimals', () => {
    const text = (score: number, of: RunResult) =>
      verdictText(verdictOn(said(score), null, of), of, ['a'], trans).whole;
    expect(text(0.0012345, run([1, 1], 'none'))).toBe('0.00123');
    expect(text(0.99999, run([1, 1], 'sigmoid'))).toBe('a 1.00');
  });

  it('is none where there is no prediction, or one that is no number', () => {
    expect(verdictOn(null, 1, classes)).toMatchObject({ predicted: null, truth: 1, isRight: null, problem: null });
    const { predicted, problem } = verdictOn(said(NaN, 0, 0), 1, classes);
    expect(predicted).toBeNull();
    expect(problem && english(problem)).toBe('The model computes NaN in its output.');
    expect(isTold(run([1, 4, 4, 8], 'none'))).toBe(false);
    expect(isTold(run([1, 4, 4, 8], 'softmax'))).toBe(true);
  });

  it('does not call an image right or wrong by the highest of several sigmoids', () => {
    const many = run([1, 3], 'sigmoid');
    for (const truth of [0, 1]) {
      const verdict = verdictOn(said(0.25, 0.875, 0.75), truth, many);
      expect(verdict).toMatchObject({ predicted: 1, score: 0.875, truth, isRight: null });
      expect(verdictText(verdict, many, undefined, trans).whole).toBe(`class 1 0.88, true: class ${truth}`);
    }
  });

  it('is said in words', () => {
    const labels = ['cat', 'dog', 'cow'];
    const text = (truth: number | null) =>
      verdictText(verdictOn(said(0.8125, 0.1, 0.0875), truth, classes), classes, labels, trans).whole;
    expect(text(1)).toBe('cat 0.81, true: dog, wrong');
    expect(text(0)).toBe('cat 0.81, true: cat, right');
    expect(text(null)).toBe('cat 0.81');
  });

  it('says of a picture of classes that the score is a mean', () => {
    const picture = run([1, 2, 2, 3], 'softmax', Array<number>(12).fill(1 / 3));
    const verdict = verdictOn(said(0.8125, 0.1, 0.0875), null, picture);
    expect(verdictText(verdict, picture, ['bg', 'disc', 'box'], trans).prediction).toBe('bg mean 0.81');
  });
});

it('tells of true classes that the output does not have', () => {
  const notice = (truths: (number | undefined)[], of: RunResult) => {
    const found = truthNotice({ images: truths.map(imageOf) }, of);
    return found && english(found);
  };
  expect(notice([0, undefined, 2], classes)).toBeNull();
  expect(notice([undefined], run([1, 1], 'none'))).toBeNull();
  expect(notice([0, 3], classes)).toBe('y has the class 3, but the output head has 3 classes, numbered from 0.');
  expect(notice([2], run([1, 1], 'sigmoid'))).toContain('has 2 classes');
  expect(notice([0], run([1, 1], 'none'))).toContain('has none');
  expect(notice([2], run([1, 3], 'sigmoid'))).toBe(
    'The classes of this output do not exclude each other, so an image is not right or wrong by its highest score.'
  );
  expect(notice([undefined], run([1, 3], 'sigmoid'))).toBeNull();
  expect(notice([0], run([1, 1], 'sigmoid'))).toBeNull();
  expect(notice([3], run([1, 3], 'sigmoid'))).toContain('has 3 classes, numbered from 0');
});

it('does not take sub-folders for classes where there are more or fewer of them', () => {
  const images = [0, undefined, 1].map(imageOf);
  const folders = (...labels: string[]) => ({ images, labels, labelsOf: 'folders' as const });
  expect(truthsOf(folders('a', 'b', 'c'), classes)).toEqual([0, null, 1]);
  expect(truthsOf(folders('a', 'b'), run([1, 1], 'sigmoid'))).toEqual([0, null, 1]);
  expect(truthsOf(folders('a', 'b'), null)).toEqual([0, null, 1]);
  expect(truthNotice(folders('a', 'b', 'c'), classes)).toBeNull();
  // The same names, given by the user, are of the classes that they are.
  expect(truthsOf({ images, labels: ['a', 'b'] }, classes)).toEqual([0, null, 1]);
  expect(truthsOf(folders('a', 'b'), classes)).toEqual([null, null, null]);
  const said = truthNotice(folders('a', 'b'), classes);
  expect(said && english(said)).toContain('The folder has 2 sub-folders, but the output head has 3 classes');
});

it('puts images in order; what is not known comes last, and equals stay as given', () => {
  const one = (predicted: number | null, score: number | null, truth: number | null): Verdict => ({
    predicted,
    score,
    truth,
    isRight: predicted === null || truth === null ? null : predicted === truth,
    problem: null
  });
  const verdicts = [one(1, 0.6, 1), one(0, 0.7, 1), one(null, null, 0), one(1, 0.9, 0), one(0, 0.6, null)];
  expect(imagesInOrder(verdicts, 'given')).toEqual([0, 1, 2, 3, 4]);
  expect(imagesInOrder(verdicts, 'errors')).toEqual([3, 1, 0, 2, 4]);
  expect(imagesInOrder(verdicts, 'score')).toEqual([3, 1, 0, 4, 2]);
  expect(imagesInOrder(verdicts, 'truth')).toEqual([3, 2, 1, 0, 4]);
  expect(imagesInOrder(verdicts, 'prediction')).toEqual([1, 4, 3, 0, 2]);
});
