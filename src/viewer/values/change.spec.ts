import { expect, it } from 'vitest';
import { changeTexts, decimalsOf } from './change';

it.each([
  // Rounded apart, this one would be -0.0002.
  [0.99985, 0.99966, true, '0.99985', '0.99966', '−0.00019'],
  [0.7, 0.2, true, '0.7000', '0.2000', '−0.5000'],
  [0.12344, 0.09356, true, '0.1234', '0.0936', '−0.0298'],
  [0.5, 0.5, true, '0.5000', '0.5000', '+0.0000'],
  [0, 1e-12, true, '0.00000000', '0.00000000', '+0.00000000'],
  [-0.00001, 0.5, true, '0.0000', '0.5000', '+0.5000'],
  [9.996, 10.014, false, '9.996', '10.014', '+0.018'],
  [1234.4, 1230.6, false, '1234.4', '1230.6', '−3.8'],
  [-3.2514, 2.1, false, '-3.251', '2.100', '+5.351']
])('%f to %f: what is printed adds up', (before, after, isShare, ...texts) => {
  const found = changeTexts(before, after, decimalsOf(before, after, isShare));
  expect(Object.values(found)).toEqual(texts);
});

it('agrees with itself, and with the numbers, whatever they are', () => {
  let state = 1;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < 2000; i++) {
    const isShare = i % 2 === 0;
    const [a, b] = [random(), random()].map(value => (isShare ? value : (value - 0.5) * 10 ** (i % 7)));
    const { before, after, change } = changeTexts(a, b, decimalsOf(a, b, isShare));
    const printed = Number(change.replace('−', '-'));
    expect(Number(after) - Number(before)).toBeCloseTo(printed, 7);
    expect(Math.abs(printed - (b - a))).toBeLessThanOrEqual(Math.max(0.05 * Math.abs(b - a), 1e-8));
  }
});
