import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import type { Ending, RunResult } from '../engine/protocol/protocol';
import { english } from '../messages/message';
import { type ClassScores, rankClasses as rank, searchClasses } from './classes';

const trans = nullTranslator.load('gradlens');
const rankClasses = (result: RunResult, labels: string[] | undefined): ClassScores => rank(result, labels, trans);

const run = (shape: number[], values: number[], ending: Ending = 'softmax'): RunResult =>
  ({ output: 'out', ending, outputs: { out: { shape, data: Float32Array.from(values) } } }) as unknown as RunResult;

describe('rankClasses', () => {
  it('puts the highest score first and keeps the order of equal ones', () => {
    const { classes, areProbabilities } = rankClasses(run([1, 4], [0.25, 0.5, 0.25, 0]), ['a', 'b', 'c', 'd']);
    expect(classes.map(c => c.label)).toEqual(['b', 'a', 'c', 'd']);
    expect(areProbabilities).toBe(true);
  });

  it.each([
    [[0.25, 0.5, 0.25], 1],
    [[0.4, 0.2, 0.4], 2],
    [[1 / 3, 1 / 3 + 3e-8, 1 / 3 - 3e-8], 3],
    [[0.3334, 0.3333, 0.3333], 1]
  ])('counts those of %j that share the highest score, but for rounding: %i', (scores, tied) => {
    expect(rankClasses(run([1, 3], scores), undefined).tied).toBe(tied);
  });

  it('names classes by index where there is no label', () => {
    expect(rankClasses(run([1, 2], [0.1, 0.9]), ['only']).classes.map(c => c.label)).toEqual(['class 1', 'only']);
  });

  it('lists both sides of a single sigmoid unit', () => {
    const { classes } = rankClasses(run([1, 1], [0.25], 'sigmoid'), undefined);
    expect(classes).toEqual([
      { index: 0, label: 'class 0', score: 0.75 },
      { index: 1, label: 'class 1', score: 0.25 }
    ]);
  });

  it.each([
    [['zero'], ['not zero', 'zero']],
    [
      ['no tank', 'tank'],
      ['no tank', 'tank']
    ]
  ])('names the sides of a sigmoid unit by %j', (labels, [no, yes]) => {
    const { kind, classes, mismatch } = rankClasses(run([1, 1], [0.1285], 'sigmoid'), labels);
    expect(kind).toBe('unit');
    expect(classes.map(({ index, label }) => [index, label])).toEqual([
      [0, no],
      [1, yes]
    ]);
    expect(classes[0].score).toBeCloseTo(0.8715, 6);
    expect(mismatch).toBeNull();
  });

  it.each<[string, number[], Ending]>([
    ['output channel 1', [1, 1, 1, 2], 'none'],
    ['output channel 1', [1, 1, 1, 1, 2], 'none'],
    ['class 1', [1, 1, 1, 2], 'softmax'],
    ['class 1', [1, 2], 'none']
  ])('calls %s what an output of %j that ends in %s has', (label, shape, ending) => {
    expect(rankClasses(run(shape, [0.2, 0.8], ending), undefined).classes[0].label).toBe(label);
  });

  it.each([0.4, 12.5, -3])('takes one linear number, %f, for a value and no probability', value => {
    const made = rankClasses(run([1, 1], [value], 'none'), ['price']);
    expect(made).toMatchObject({ kind: 'value', areProbabilities: false, mismatch: null });
    expect(made.classes.map(({ label }) => label)).toEqual(['price']);
  });

  it.each<[names: number, shape: number[], ending: Ending, said: RegExp | null]>([
    [4, [1, 4], 'softmax', null],
    [2, [1, 4], 'softmax', /There are 2 class names, but the output out has 4 classes/],
    [7, [1, 4], 'none', /There are 7 class names, but the output out has 4 classes/],
    [2, [1, 5, 5, 2], 'none', null],
    [3, [1, 5, 5, 2], 'none', /There are 3 class names, but the output out has 2 classes/],
    [3, [1, 1], 'sigmoid', /There are 3 class names, but the output out is one number/],
    [2, [1, 1], 'none', /There are 2 class names, but the output out is one number/]
  ])('compares %i names with an output %j that ends in %s', (names, shape, ending, said) => {
    const labels = Array.from({ length: names }, (_, i) => `name ${i}`);
    const size = shape.reduce((a, b) => a * b, 1);
    const { mismatch } = rankClasses(run(shape, Array<number>(size).fill(0.25), ending), labels);
    if (said === null) {
      expect(mismatch).toBeNull();
    } else {
      expect(english(mismatch!)).toMatch(said);
    }
  });

  it('gives names to the output that they fit, and to no other', () => {
    const one = run([1, 1], [0.9], 'sigmoid');
    const other = { shape: [1, 3], data: Float32Array.from([0.2, 0.5, 0.3]) };
    const both = { ...one, outputs: { ...one.outputs, other } };
    const labels = ['car', 'cat', 'cow'];
    const unit = rankClasses(both, labels);
    expect(unit.classes.map(({ label }) => label)).toEqual(['class 1', 'class 0']);
    expect(unit.mismatch).toBeNull();
    expect(rankClasses({ ...both, output: 'other', ending: 'softmax' }, labels).classes[0].label).toBe('cat');
  });

  it('takes the numbers of a regression in their order, for no classes and no shares', () => {
    const two = { ...run([1, 2], [0.2, 0.6], 'none'), areNumbers: true };
    const made = rankClasses(two, undefined);
    expect(made).toMatchObject({ kind: 'values', areProbabilities: false, mismatch: null });
    expect(made.classes.map(({ label, score }) => [label, score.toFixed(1)])).toEqual([
      ['output 0', '0.2'],
      ['output 1', '0.6']
    ]);
    expect(rankClasses(two, ['width', 'height']).classes.map(({ label }) => label)).toEqual(['width', 'height']);
    expect(english(rankClasses(two, ['a', 'b', 'c']).mismatch!)).toContain('3 names, but the output out has 2 numbers');
  });

  it('takes the first sample of a batch only', () => {
    expect(rankClasses(run([2, 2], [0.9, 0.1, 0.1, 0.9]), undefined).classes[0].index).toBe(0);
  });

  it('does not call logits probabilities', () => {
    expect(rankClasses(run([1, 2], [-3, 4]), undefined).areProbabilities).toBe(false);
  });

  it('takes the channels of a picture as classes, by their means', () => {
    const { classes, areProbabilities } = rankClasses(run([1, 1, 2, 2], [0.5, 0.25, 0, 0.75]), ['sky', 'tank']);
    expect(classes).toEqual([
      { index: 1, label: 'tank', score: 0.5 },
      { index: 0, label: 'sky', score: 0.25 }
    ]);
    expect(areProbabilities).toBe(true);
  });

  it('has one class for a picture of one channel: nothing says that it has an opposite', () => {
    expect(rankClasses(run([1, 1, 2, 1], [0.5, 0.25]), undefined).classes).toEqual([
      { index: 0, label: 'class 0', score: 0.375 }
    ]);
  });
});

describe('searchClasses', () => {
  const classes = ['tabby_cat', 'Persian cat', 'tank', 'class 3'].map((label, index) => ({ label, index, score: 0 }));
  const found = (query: string): number[] => searchClasses(classes, query).map(({ index }) => index);

  it('finds by words of the label, in any order and case, reading underscores as spaces', () => {
    expect(found('CAT')).toEqual([0, 1]);
    expect(found('cat tabby')).toEqual([0]);
    expect(found('tabby_c')).toEqual([0]);
  });
  it('finds by number', () => {
    expect(found('2')).toEqual([2]);
    expect(found('3')).toEqual([3]);
  });
  it('lists all for an empty query and none for a stranger', () => {
    expect(found(' ')).toEqual([0, 1, 2, 3]);
    expect(found('dog')).toEqual([]);
  });
});
