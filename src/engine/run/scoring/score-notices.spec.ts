import { expect, it } from 'vitest';
import type { Target } from '../../../explain/names';
import { english } from '../../../messages/message';
import type { ScorePoints } from '../../plan/score-points';
import { scoreOf } from './score';
import { saturated, scoreNotices } from './score-notices';

/** What is said of a target, of an output that is 0, 1, 2, … */
function said(shape: number[], target: Target, ending: ScorePoints['ending']): string[] {
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i);
  return scoreNotices(target, shape, scoreOf(values, shape, target, 'logit', ending), ending).map(english);
}

it('says nothing of a vector of scores, nor of units', () => {
  expect(said([1, 5], null, 'softmax')).toEqual([]);
  expect(said([1, 2, 2, 3], { layer: 'conv', channel: 0 }, 'none')).toEqual([]);
});

it('calls a softmax or sigmoid at each place classes, which need no further head', () => {
  expect(said([1, 2, 2, 3], null, 'softmax')).toEqual([
    'The score explained is the mean of class 2 over all 4 places of the output.'
  ]);
  expect(said([1, 40, 30, 3], 1, 'sigmoid')).toEqual([
    'The score explained is the mean of class 1 over all 1,200 places of the output.'
  ]);
  expect(said([1, 2, 2, 3], { class: 0, minus: 1 }, 'softmax')).toEqual([
    'The score explained is the mean of class 0 less that of class 1, over all 4 places of the output.'
  ]);
});

it('says that features have no head', () => {
  expect(said([1, 2, 2, 3], null, 'none')).toEqual([
    'The model has no classification head: the score explained is the mean of one channel of its output.'
  ]);
});

it.each<[number[], Target, 'logit' | 'probability', boolean]>([
  [[1, 0, 0], null, 'probability', true],
  [[1 - 2 ** -23, 1e-7, 0], 0, 'probability', true],
  [[0.9999, 0.0001, 0], null, 'probability', false],
  [[1, 0, 0], 1, 'probability', false],
  [[1, 0, 0], null, 'logit', false],
  [[1, 0, 0], { class: 0, minus: 1 }, 'probability', false]
])('says of %j, class %j, %s, that it is 1 as far as float32 tells: %s', (shares, target, kind, is) => {
  const shape = [1, shares.length];
  const scored = scoreOf(Float32Array.from(shares), shape, target, kind, 'softmax');
  expect(saturated(shape, scored, kind, 'softmax').map(english)).toEqual(
    is ? [expect.stringContaining('The logit tells what speaks for the class.')] : []
  );
});
