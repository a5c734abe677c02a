import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import type { Perturbation } from '../../perturb/perturbation';
import type { Entry } from '../../session/experiment/kept-experiments';
import { entryName } from './entry-name';

const trans = nullTranslator.load('gradlens');
const quarter = (at: number): Perturbation => ({ cover: { shape: [2, 2], runs: [at, 1, 3 - at] }, fill: 'mean' });
const entry = (name: string, perturbation: Perturbation, image = 0): Entry =>
  ({ name, perturbation, image, run: {}, before: {} }) as Entry;
const named = (perturbation: Perturbation, entries: Entry[] = [], image = 0): string =>
  entryName({ perturbation, before: { image } }, undefined, entries, trans);

it('says what was done', () => {
  expect(named(quarter(0))).toBe('25.0 % covered with the mean');
  expect(named({ ...quarter(0), soft: 2, blur: 4, contrast: 0.5 })).toBe(
    '25.0 % covered with the mean, soft edge of 2 pixels, contrast 0.5, blur 4'
  );
});

it('is that of the same experiment again, and of no other', () => {
  const first = entry('25.0 % covered with the mean', quarter(0));
  expect(named(quarter(0), [first])).toBe('25.0 % covered with the mean');
  expect(named(quarter(1), [first])).toBe('25.0 % covered with the mean (2)');
  expect(named(quarter(0), [first], 1)).toBe('25.0 % covered with the mean (2)');
  expect(named(quarter(2), [first, entry('25.0 % covered with the mean (2)', quarter(1))])).toBe(
    '25.0 % covered with the mean (3)'
  );
});
