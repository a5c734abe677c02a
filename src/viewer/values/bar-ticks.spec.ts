import { expect, it } from 'vitest';
import type { ScaleName } from '../../state/view-state';
import { barTicks } from './bar-ticks';
import type { Range } from './statistics';

const labels = (range: Range, letters: number, scale: ScaleName = 'linear'): string[] =>
  barTicks(scale, range, letters).map(({ label }) => label);

it.each<[string, Range, number, string[]]>([
  ['values that end at no round number', [0, 0.2234], 70, ['0', '0.05', '0.1', '0.15', '0.223']],
  [
    'small ones, in one notation',
    [1.02e-5, 1.37e-4],
    90,
    ['1.02e-5', '4e-5', '6e-5', '8e-5', '1e-4', '1.2e-4', '1.37e-4']
  ],
  ['both signs, with zero', [-1.234, 1.234], 60, ['-1.23', '-0.5', '0', '0.5', '1', '1.23']],
  ['round ends', [0, 1], 60, ['0', '0.2', '0.4', '0.6', '0.8', '1']],
  ['little room', [0, 0.2234], 9, ['0', '0.223']],
  ['one value', [3, 3], 60, ['3']],
  ['nothing finite', [NaN, NaN], 60, []]
])('labels both ends, and round numbers that do not touch: %s', (_, range, letters, expected) => {
  expect(labels(range, letters)).toEqual(expected);
});

it('keeps labels apart whatever the range and the room', () => {
  for (let seed = 1; seed < 300; seed++) {
    const low = Math.sin(seed) * 10 ** ((seed % 9) - 4);
    const range: Range = [low, low + Math.abs(Math.cos(seed * 3)) * 10 ** ((seed % 7) - 3)];
    for (const scale of ['linear', 'log', 'symlog'] as const) {
      const letters = 16 + (seed % 80);
      const ticks = barTicks(scale, range, letters);
      expect([ticks[0].value, ticks.at(-1)?.value]).toEqual(range);
      ticks.slice(1).forEach(({ place, label }, i) => {
        const inside = (text: string, at: number) => Math.max(text.length / 2, Math.min(letters - text.length / 2, at));
        const [a, b] = [inside(ticks[i].label, ticks[i].place * letters), inside(label, place * letters)];
        // The ends alone may be all that fits.
        expect(ticks.length === 2 || b - a >= (label.length + ticks[i].label.length) / 2).toBe(true);
      });
    }
  }
});
