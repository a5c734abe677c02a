import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import { describeProgress, formatDuration } from './progress-text';

const trans = nullTranslator.load('gradlens');

it.each([
  [0, '1 ms'],
  [0.0004, '1 ms'],
  [0.012, '12 ms'],
  [0.0994, '99 ms'],
  [0.0996, '0.1 s'],
  [0.93, '0.9 s'],
  [0.99, '1.0 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [12.3, '12 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [65, '1 min 5 s'],
  [119.7, '2 min'],
  [3599, '59 min 59 s'],
  [3599.7, '1 h 0 min'],
  [4000, '1 h 7 min']
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds, trans)).toBe(text);
});

it.each([
  [0, '1 s left'],
  [0.2, '1 s left'],
  [8.3, '9 s left'],
  [9.5, '10 s left'],
  [12, '15 s left'],
  [58, '1 min left'],
  [62, '1 min 5 s left'],
  [95, '1 min 35 s left'],
  [640, '11 min left'],
  [7000, '1 h 57 min left']
])('an estimate of %d seconds is %s', (secondsLeft, text) => {
  expect(describeProgress({ phase: 'explain', done: 1, total: 9, secondsLeft }, trans)).toBe(
    `Explaining: pass 1 of 9, ${text}`
  );
});
