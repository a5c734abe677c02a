import { describe, expect, it } from 'vitest';
import type { RunResult } from '../engine/protocol/protocol';
import { rankClasses, searchClasses } from './classes';

const run = (shape: number[], values: number[]): RunResult =>
  ({ output: 'out', outputs: { out: { shape, data: Float32Array.from(values) } } }) as unknown as RunResult;

describe('rankClasses', () => {
  it('puts the highest score first and keeps the order of equal ones', () => {
    const { classes, areProbabilities } = rankClasses(run([1, 4], [0.25, 0.5, 0.25, 0]), ['a', 'b', 'c', 'd']);
    expect(classes.map(c => c.label)).toEqual(['b', 'a', 'c', 'd']);
    expect(areProbabilities).toBe(true);
  });

  it('names classes by index where there is no label', () => {
    expect(rankClasses(run([1, 2], [0.1, 0.9]), ['only']).classes.map(c => c.label)).toEqual(['class 1', 'only']);
  });

  it('lists both sides of a single sigmoid unit', () => {
    const { classes } = rankClasses(run([1, 1], [0.25]), undefined);
    expect(classes).toEqual([
      { index: 0, label: 'class 0', score: 0.75 },
      { index: 1, label: 'class 1', score: 0.25 }
    ]);
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
