import { describe, expect, it } from 'vitest';
import { scaledRange, scaleTicks, scaleToUnit, unitToScale, usableScale } from './scale';

describe('scaleToUnit', () => {
  it('puts a decade of three at a third in a logarithmic range', () => {
    expect(scaleToUnit('log', 10, [1, 1000])).toBeCloseTo(1 / 3, 12);
    expect(scaleToUnit('log', 0, [1, 1000])).toBeLessThan(0);
  });

  it('is odd about zero in symlog, and linear near it', () => {
    expect(scaleToUnit('symlog', 0, [-5, 5])).toBeCloseTo(0.5, 12);
    const [a, b] = [scaleToUnit('symlog', 1e-6, [-5, 5]) - 0.5, scaleToUnit('symlog', 2e-6, [-5, 5]) - 0.5];
    expect(b / a).toBeCloseTo(2, 4);
    // ln(1 + 0.5 / 0.05) / ln 101 of the upper half.
    expect(scaleToUnit('symlog', 0.5, [-5, 5])).toBeCloseTo(0.5 + Math.log(11) / Math.log(101) / 2, 12);
  });

  it('is undone by unitToScale', () => {
    for (const scale of ['linear', 'log', 'symlog'] as const) {
      for (const value of [0.02, 0.7, 3.9]) {
        expect(unitToScale(scale, scaleToUnit(scale, value, [0.01, 4]), [0.01, 4])).toBeCloseTo(value, 10);
      }
    }
    expect(unitToScale('symlog', scaleToUnit('symlog', -0.3, [-2, 4]), [-2, 4])).toBeCloseTo(-0.3, 10);
  });

  it('gives an empty range zero', () => {
    expect(scaleToUnit('linear', 3, [3, 3])).toBe(0);
  });
});

describe('scaledRange', () => {
  it('begins three decades below the largest value where a logarithm needs it', () => {
    expect(scaledRange('log', [0, 50])).toEqual([0.05, 50]);
    expect(scaledRange('log', [2, 50])).toEqual([2, 50]);
    expect(scaledRange('symlog', [-1, 50])).toEqual([-1, 50]);
  });

  it('leaves a range without positive values to the linear scale', () => {
    expect(usableScale('log', [-3, 0])).toBe('linear');
    expect(usableScale('log', [-3, 1])).toBe('log');
  });
});

describe('scaleTicks', () => {
  it('are powers of ten in a logarithm of several decades', () => {
    expect(scaleTicks('log', [0.05, 50])).toEqual([0.1, 1, 10]);
    expect(scaleTicks('log', [2, 5])).toEqual([2, 2.5, 3, 3.5, 4, 4.5, 5]);
  });

  it('run both ways from zero in symlog', () => {
    expect(scaleTicks('symlog', [-5, 5])).toEqual([-1, -0.1, 0, 0.1, 1]);
  });
});
