import { describe, expect, it } from 'vitest';
import type { GradientCamName } from './names';
import { explain } from './registry';

const CELLS = 12;
const METHODS: readonly GradientCamName[] = ['grad-cam', 'hires-cam'];

/** Three channels, the third the sum of the others as float32 rounds it; `scale` times all. */
function activations(scale = 1): Float32Array {
  return Float32Array.from({ length: 3 * CELLS }, (_, at) => {
    const [i, k] = [Math.floor(at / 3), at % 3];
    const [a, b] = [Math.fround(scale / (i + 3.3)), Math.fround((scale * 3) / (i + 7.1))];
    return [a, b, a + b][k];
  });
}

const slopes = (...of: number[]): Float32Array => Float32Array.from({ length: 3 * CELLS }, (_, at) => of[at % 3]);
const SHAPE = [1, 3, 4, 3];

describe.each(METHODS)('%s', method => {
  it.each([1, 1e-6, 1e6])('is zero where A + B - (A + B) leaves but rounding, with all values times %d', scale => {
    const { data, empty, noise } = explain(method, activations(scale), slopes(1, 1, -1), SHAPE);
    expect([...data]).toEqual(Array(CELLS).fill(0));
    expect([empty, noise]).toEqual([[0], [0]]);
  });

  it.each([1, 1e-6, 1e6])('is 2 A where A - B + (A + B) leaves that, with all values times %d', scale => {
    const a = activations(scale);
    const { data, empty, noise } = explain(method, a, slopes(1, -1, 1), SHAPE);
    data.forEach((value, i) => expect(value / (2 * a[3 * i])).toBeCloseTo(1, 5));
    expect([empty, noise]).toEqual([[], []]);
  });

  it('is empty, and no rounding, where all is negative', () => {
    const { empty, noise } = explain(method, activations(), slopes(-1, -1, -1), SHAPE);
    expect([empty, noise]).toEqual([[0], []]);
  });

  it('keeps what is small but no rounding', () => {
    const { data, noise } = explain(method, activations(), slopes(1, 1, -1 + 2e-5), SHAPE);
    expect(Math.max(...data)).toBeGreaterThan(0);
    expect(noise).toEqual([]);
  });
});

it('Grad-CAM is zero where a weight, the mean of gradients, is but rounding itself', () => {
  // 0.3 + 0.4 - 0.7, which float32 numbers do not add up to zero.
  const gradient = Float32Array.from({ length: 3 * CELLS }, (_, at) =>
    Math.floor(at / 3) % 3 === 0 ? -0.7 : Math.floor(at / 3) % 3 === 1 ? 0.3 : 0.4
  );
  const { data, noise } = explain('grad-cam', activations(), gradient, SHAPE);
  expect([...data]).toEqual(Array(CELLS).fill(0));
  expect(noise).toEqual([0]);
});
