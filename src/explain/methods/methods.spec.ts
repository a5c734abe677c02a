/** The methods against their formulas worked by hand, and against each other where they must agree. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MapSize } from '../method';
import type { GradientCamName } from '../names';
import { mapBy, METHODS } from '../testing/methods';

const size: MapSize = { height: 1, width: 2, channels: 2 };
// Channel 0 holds 3 and 1 with gradients 1 and 3, channel 1 holds 1 and 5 with gradients -2 and 4.
const activation = new Float32Array([3, 1, 1, 5]);
const gradient = new Float32Array([1, -2, 3, 4]);

const run = (method: GradientCamName, a = activation, g = gradient, s = size) => [...mapBy(method, a, g, s)];

describe('explanation methods, by hand', () => {
  it('Grad-CAM: mean gradients 2 and 1', () => {
    expect(run('grad-cam')).toEqual([2 * 3 + 1, 2 + 5]);
  });

  it('HiResCAM: gradients cell by cell', () => {
    expect(run('hires-cam')).toEqual([3 - 2, 3 + 20]);
  });

  it('Layer-CAM: positive gradients cell by cell', () => {
    expect(run('layer-cam')).toEqual([3, 3 + 20]);
  });

  it('XGrad-CAM: weights (3 + 3) / 4 and (-2 + 20) / 6', () => {
    const [first, second] = run('xgrad-cam');
    expect(first).toBeCloseTo(1.5 * 3 + 3, 5);
    expect(second).toBeCloseTo(1.5 + 3 * 5, 5);
  });

  it('Grad-CAM++: alpha g of 1/(2+4), 27/(18+108) and 64/(32+384)', () => {
    const weights = [1 / 6 + 27 / 126, 64 / 416];
    const [first, second] = run('grad-cam++');
    expect(first).toBeCloseTo(weights[0] * 3 + weights[1], 5);
    expect(second).toBeCloseTo(weights[0] + weights[1] * 5, 5);
  });
});

const positive = fc.float({ min: Math.fround(0.1), max: 10, noNaN: true });
const any = fc.float({ min: -10, max: 10, noNaN: true });
const floats = (of: fc.Arbitrary<number>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length }).map(values => new Float32Array(values));

describe('explanation methods, where they must agree', () => {
  const image: MapSize = { height: 2, width: 3, channels: 4 };
  const same = (a: number[], b: number[]) => a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 2));

  it('Grad-CAM, HiResCAM and XGrad-CAM for gradients that are the same everywhere, as behind global pooling', () => {
    fc.assert(
      fc.property(floats(positive, 24), floats(any, 4), (a, weights) => {
        const g = Float32Array.from({ length: 24 }, (_, i) => weights[i % 4]);
        const expected = run('grad-cam', a, g, image);
        same(run('hires-cam', a, g, image), expected);
        same(run('xgrad-cam', a, g, image), expected);
      })
    );
  });

  it('HiResCAM and Layer-CAM for positive gradients', () => {
    fc.assert(
      fc.property(floats(any, 24), floats(positive, 24), (a, g) => {
        expect(run('layer-cam', a, g, image)).toEqual(run('hires-cam', a, g, image));
      })
    );
  });

  it('all are finite and nowhere negative', () => {
    fc.assert(
      fc.property(floats(any, 24), floats(any, 24), fc.constantFrom(...METHODS), (a, g, method) => {
        run(method, a, g, image).forEach(value => expect(value >= 0 && value < Infinity).toBe(true));
      })
    );
  });
});
