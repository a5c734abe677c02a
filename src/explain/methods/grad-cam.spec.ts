import { describe, expect, it } from 'vitest';
import { explain } from '../registry';
import { mapBy } from '../testing/methods';

describe('Grad-CAM', () => {
  const size = { height: 1, width: 2, channels: 2 };

  it('weighs channels by their mean gradient and keeps what is positive', () => {
    // Means of the gradients: 2 for channel 0, -1 for channel 1.
    const activation = new Float32Array([3, 1, 1, 5]);
    const gradient = new Float32Array([1, -2, 3, 0]);
    expect([...mapBy('grad-cam', activation, gradient, size)]).toEqual([5, 0]);
  });

  it('equals CAM (Zhou et al. 2016) up to scale where the score is linear in the pooled channels', () => {
    const weights = [0.5, -0.25];
    const activation = new Float32Array([4, 2, 8, 1]);
    const gradient = new Float32Array([...weights, ...weights].map(w => w / 2));
    const cam = [4 * 0.5 - 2 * 0.25, 8 * 0.5 - 0.25];
    expect([...mapBy('grad-cam', activation, gradient, size)]).toEqual(cam.map(value => value / 2));
  });
});

describe('explain', () => {
  it('maps each sample and tells which have no positive value', () => {
    const { shape, data, empty } = explain(
      'grad-cam',
      new Float32Array([1, 2, 3, 4]),
      new Float32Array([1, 1, -1, -1]),
      [2, 1, 2, 1]
    );
    expect(shape).toEqual([2, 1, 2]);
    expect([...data]).toEqual([1, 2, 0, 0]);
    expect(empty).toEqual([1]);
  });

  it('takes sequences as one row', () => {
    expect(explain('grad-cam', new Float32Array(6), new Float32Array(6), [1, 3, 2]).shape).toEqual([1, 1, 3]);
  });

  it('refuses vectors', () => {
    expect(() => explain('grad-cam', new Float32Array(2), new Float32Array(2), [1, 2])).toThrow('has no image axes');
  });
});
