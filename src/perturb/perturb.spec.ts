/** Against TensorFlow and scipy, and Python's twin; see conformance/perturb/generate.py. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decode, type StoredTensor } from '../engine/testing/numbers';
import { readReference } from '../engine/testing/references';
import { perturbed } from './perturb';
import type { Perturbation } from './perturbation';

const data = join(dirname(fileURLToPath(import.meta.url)), '../../conformance/data/perturb/cases.json');
const { picture, cases } = readReference<{
  picture: StoredTensor;
  cases: { perturbation: Perturbation; python: StoredTensor; reference: StoredTensor | null }[];
}>(data, 'conformance/perturb/generate.py');

/** Of 255: TensorFlow computes in float32. */
const TOLERANCE = 1e-3;

const [height, width, channels] = picture.shape;
const values = { height, width, channels, data: decode(picture) };

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe.each(cases)('perturbed by $perturbation', ({ perturbation, python, reference }) => {
  it('is what Python makes, to the last pixel', () => {
    expect(farthest(perturbed(values, perturbation, [0, 255]).data, decode(python))).toBe(0);
  });

  it.runIf(reference)('agrees with TensorFlow and scipy before it is rounded', () => {
    const made = perturbed(values, perturbation, null).data;
    expect(farthest(made, decode(reference as StoredTensor))).toBeLessThan(TOLERANCE);
  });
});

describe('perturbed', () => {
  it('leaves a picture to which nothing is done', () => {
    expect(perturbed(values, { soft: 3, fill: 'mean' }, [0, 255])).toBe(values);
  });

  it('makes a picture again: whole numbers from 0 to 255', () => {
    const { data: made } = perturbed(values, { brightness: 0.7, rotation: 12 }, [0, 255]);
    expect(made.every(value => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
  });

  it('continues a plane over a hole in it, as it is', () => {
    const level = { height: 8, width: 8, channels: 1, data: new Float32Array(64).fill(9) };
    const cover = { shape: [8, 8] as [number, number], runs: [18, 3, 5, 3, 35] };
    const filled = perturbed({ ...level, data: level.data.slice() }, { cover, fill: 'surroundings' }, null);
    expect(filled.data).toEqual(level.data);
  });
});
