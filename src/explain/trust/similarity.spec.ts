/** Against scipy's `spearmanr`, and scikit-image's formula of `structural_similarity` by scipy's `uniform_filter`. */
import { expect, it } from 'vitest';
import { spearman, spearmanOfSizes, structuralSimilarity } from './similarity';

const a = Float64Array.from({ length: 120 }, (_, i) => Math.sin(0.37 * i * i));
const b = a.map((value, i) => Math.cos(0.2 * i) + 0.3 * value);

it('correlates ranks, of equal values their mean rank', () => {
  expect(spearman(a, b)).toBeCloseTo(0.29522883533578714, 12);
  expect(spearmanOfSizes(a, b)).toBeCloseTo(-0.09759011042433502, 12);
  expect(spearman([1, 2, 2, 3, 0], [2, 2, 5, 1, 0])).toBeCloseTo(0.2894736842105264, 12);
});

it('of a map and its negative is -1, of their sizes 1', () => {
  const negative = a.map(value => -value);
  expect(spearman(a, negative)).toBeCloseTo(-1, 12);
  expect(spearmanOfSizes(a, negative)).toBeCloseTo(1, 12);
});

it('compares structure in windows', () => {
  expect(structuralSimilarity(a, b, 12)).toBeCloseTo(0.20013365975907046, 9);
  expect(structuralSimilarity(a, a, 12)).toBeCloseTo(1, 12);
  // Of maps smaller than a window there is one window.
  expect(structuralSimilarity([0, 1, 2, 3], [0, 2, 4, 6], 2)).toBeCloseTo(1, 12);
});

it('says nothing of a map that is the same everywhere', () => {
  const flat = new Float64Array(120);
  expect([spearman(a, flat), spearmanOfSizes(flat, a), structuralSimilarity(a, flat, 12)]).toEqual([null, null, null]);
});
