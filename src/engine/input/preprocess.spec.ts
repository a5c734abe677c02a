/** Pictures as input, against PIL and Keras (conformance/ops/preprocess.py). */
import { describe, expect, it } from 'vitest';
import type { Preprocess } from '../../mime/payload';
import { decode, relativeError, type StoredTensor } from '../testing/numbers';
import { readReference } from '../testing/references';
import { type Pixels, pixelsOfRgba, preprocessPixels, resizePixels, toGray } from './preprocess';

interface Reference {
  picture: StoredTensor;
  gray: StoredTensor;
  resized: { size: [number, number]; bilinear: StoredTensor; nearest: StoredTensor }[];
  modes: Record<string, StoredTensor>;
}

const reference = readReference<Reference>('conformance/data/ops/preprocess.json', 'conformance/ops/preprocess.py');
const picture: Pixels = { height: 13, width: 17, channels: 3, data: decode(reference.picture) };

describe('preprocess', () => {
  it('drops alpha', () => {
    const pixels = pixelsOfRgba(new Uint8Array([1, 2, 3, 255, 4, 5, 6, 0]), 1, 2);
    expect([...pixels.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('makes gray exactly as PIL', () => {
    expect([...toGray(picture).data]).toEqual([...decode(reference.gray)]);
  });

  it.each(reference.resized.map(entry => [entry.size.join(' x '), entry] as const))(
    'resizes to %s',
    (_, { size, bilinear, nearest }) => {
      const smooth = resizePixels(picture, ...size, 'bilinear');
      expect(relativeError(smooth.data, decode(bilinear))).toBeLessThan(1e-6);
      expect([...resizePixels(picture, ...size, 'nearest').data]).toEqual([...decode(nearest)]);
    }
  );

  it.each(Object.entries(reference.modes))('prepares as %s', (mode, stored) => {
    const { data } = preprocessPixels(picture, mode as Preprocess);
    expect(relativeError(data, decode(stored))).toBeLessThan(1e-7);
  });

  it('prepares with mean and std', () => {
    const { data } = preprocessPixels(
      { height: 1, width: 1, channels: 3, data: new Float32Array([0, 51, 255]) },
      { mean: [0, 0.1, 0.5], std: [1, 0.1, 0.25] }
    );
    expect([...data].map(value => Math.round(value * 1e5) / 1e5)).toEqual([0, 1, 2]);
  });

  it('feeds 0..255 when there is nothing to do', () => {
    expect(preprocessPixels(picture, null)).toBe(picture);
  });
});
