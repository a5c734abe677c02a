import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import type { OutputReading, Target } from '../../state/view-state';
import { targetLabel } from './target-label';

const trans = nullTranslator.load('gradlens');
const names = ['sky', 'tree', 'road'];

it.each<[Target, OutputReading | null, string]>([
  [1, null, 'tree'],
  [{ class: 1, pixels: 'all' }, 'segmentation', '“tree” over all pixels'],
  [{ class: null, pixels: 'predicted' }, 'segmentation', '“tree” where it is predicted'],
  [
    { class: 1, minus: 0, pixels: [0, 1, 2, 3] },
    'segmentation',
    '“tree” rather than “sky” over the pixels [0, 1, 2, 3]'
  ],
  [
    { class: 1, pixels: { shape: [1, 2], runs: [1, 1] }, negative: true },
    'segmentation',
    'what speaks against “tree” over a mask'
  ],
  [{ cell: [3, 4], channel: 7 }, null, 'number 7 of cell [3, 4]'],
  [{ cell: [3, 4], channel: 15 }, { anchors: 2, classes: 3 }, '“road” at cell [3, 4], anchor 1'],
  [
    { cell: [3, 4], channel: 4, negative: true },
    { anchors: 2, classes: 3 },
    'what lowers confidence at cell [3, 4], anchor 0'
  ],
  [{ cell: [3, 4], channel: 1 }, { anchors: 2, classes: 3 }, 'box number 1 at cell [3, 4], anchor 0']
])('%j of %j: %s', (target, reading, label) => {
  expect(targetLabel(target, 1, 'classes', index => names[index], trans, reading)).toBe(label);
});

it('quotes names within a sentence, where “not zero” could be read as its words, but no numbers', () => {
  const label = (target: Target, name: (index: number) => string): string =>
    targetLabel(target, 1, 'classes', name, trans, null, true);
  expect(label(1, () => 'not zero')).toBe('“not zero”');
  expect(label({ class: 1, minus: 0 }, index => `class ${index}`)).toBe('class 1 rather than class 0');
});
