/** Against the values that torch-cam's and Xplique's own tests ask for, and against scipy's kernel. */
import { describe, expect, it } from 'vitest';
import { sum } from '../testing/sum-probe';
import { BLUR_KERNEL, blurred } from './blur';
import { deletionAndInsertion } from './curves';
import { ranked, shuffled } from './ranking';

const near = (values: readonly number[], wanted: readonly number[]): void => {
  expect(values).toHaveLength(wanted.length);
  values.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 5));
};

describe('deletion and insertion', () => {
  // tests/test_metrics.py of torch-cam: the model is a sum, the map its input.
  it.each([
    {
      x: [0.4, 0.3, 0.2, 0.1],
      size: { height: 2, width: 2, channels: 1 },
      steps: 2,
      fractions: [0, 0.5, 1],
      deletion: [1, 0.3, 0],
      insertion: [0, 0.7, 1],
      areas: [0.4, 0.6]
    },
    {
      x: [0.3, 0.25, 0.2, 0.15, 0.1],
      size: { height: 1, width: 5, channels: 1 },
      steps: 3,
      fractions: [0, 0.4, 0.8, 1],
      deletion: [1, 0.45, 0.1, 0],
      insertion: [0, 0.55, 0.9, 1],
      areas: [0.41, 0.59]
    }
  ])('are torch-cam’s in $steps steps', async ({ x, size, steps, fractions, deletion, insertion, areas }) => {
    const picture = Float32Array.from(x);
    const [curves] = await deletionAndInsertion(picture, size, [picture], sum, { convention: 'torch-cam', steps });
    near(curves.fractions, fractions);
    near(curves.deletion.scores, deletion);
    near(curves.insertion.scores, insertion);
    near([curves.deletion.area, curves.insertion.area], areas);
  });

  it('count all steps alike for RISE and Xplique, of which only Xplique’s are of nearly one size', async () => {
    const picture = Float32Array.from([0.3, 0.25, 0.2, 0.15, 0.1]);
    const size = { height: 1, width: 5, channels: 1 };
    const [rise] = await deletionAndInsertion(picture, size, [picture], sum, { convention: 'rise', steps: 3 });
    near(rise.fractions, [0, 0.4, 0.8, 1]);
    // (1 + 0.45 + 0.1 + 0 - 1/2 - 0) / 3
    near([rise.deletion.area], [1.05 / 3]);
    const [xplique] = await deletionAndInsertion(picture, size, [picture], sum, { convention: 'xplique', steps: 3 });
    // numpy.linspace(0, 5, 4, dtype=int) is 0, 1, 3, 5.
    near(xplique.fractions, [0, 0.2, 0.6, 1]);
    near(xplique.deletion.scores, [1, 0.7, 0.25, 0]);
    near([xplique.deletion.area], [(0.5 + 0.7 + 0.25) / 3]);
  });

  it('begin insertion with the blurred picture for RISE', async () => {
    const picture = Float32Array.from({ length: 12 * 9 * 2 }, (_, i) => Math.sin(i * i));
    const size = { height: 12, width: 9, channels: 2 };
    const map = Float32Array.from({ length: 108 }, (_, i) => (i * 37) % 101);
    const [curves] = await deletionAndInsertion(picture, size, [map], sum, { steps: 4 });
    const whole = (await sum.scores(picture, 1))[0];
    near([curves.insertion.scores[0]], [(await sum.scores(blurred(picture, size), 1))[0]]);
    near([curves.insertion.scores[4], curves.deletion.scores[0], curves.deletion.scores[4]], [whole, whole, 0]);
  });

  it('of several maps are those of each', async () => {
    const picture = Float32Array.from({ length: 36 }, (_, i) => (i * 7) % 11);
    const size = { height: 6, width: 6, channels: 1 };
    const maps = [picture, picture.map(value => -value)];
    const both = await deletionAndInsertion(picture, size, maps, sum, { steps: 5, baseline: 1 });
    for (const [i, map] of maps.entries()) {
      expect(await deletionAndInsertion(picture, size, [map], sum, { steps: 5, baseline: 1 })).toEqual([both[i]]);
    }
    expect(both[0].deletion.scores.at(-1)).toBe(36);
    expect(both[0].deletion.area).toBeLessThan(both[1].deletion.area);
  });
});

it('blurs with the kernel that scipy makes', () => {
  // scipy.ndimage.gaussian_filter of a one amid 11 zeros, sigma 5.
  const wanted = [0.0879581458, 0.0888961198, 0.0904741965, 0.0921911178, 0.0934893884, 0.0939820633];
  near(BLUR_KERNEL.slice(0, 6), wanted);
  near(BLUR_KERNEL.slice(6), [...wanted.slice(0, 5)].reverse());
  near([BLUR_KERNEL.reduce((a, b) => a + b, 0)], [1]);
});

it('blurs each slice of a volume alone, with zeros beside the picture', () => {
  const volume = new Float32Array(2 * 3 * 3).fill(1, 0, 9);
  const flat = blurred(volume, { height: 6, width: 3, channels: 1, slices: 2 });
  expect(Array.from(flat.slice(9))).toEqual(new Array(9).fill(0));
  const middle = BLUR_KERNEL.slice(4, 7).reduce((a, b) => a + b, 0);
  expect(flat[4]).toBeCloseTo(middle * middle, 6);
});

it('ranks equal cells in their order, and mixes cells the same way for the same seed', () => {
  expect(Array.from(ranked([1, 3, 2, 3]))).toEqual([1, 3, 2, 0]);
  const cells = Float32Array.from({ length: 50 }, (_, i) => i);
  expect(shuffled(cells, 3)).toEqual(shuffled(cells, 3));
  expect(shuffled(cells, 3)).not.toEqual(shuffled(cells, 4));
  expect(shuffled(cells, 3).sort()).toEqual(cells);
});
