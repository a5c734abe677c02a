import { describe, expect, it } from 'vitest';
import type { GradientCamName } from './names';
import { noise } from '../engine/testing/graphs';
import { contributions } from './contributions';
import { methods } from './registry';

const size = { height: 3, width: 5, channels: 7 };
const activation = noise(105, 1);
const gradient = noise(105, 2);

describe('contributions', () => {
  it.each(Object.keys(methods) as GradientCamName[])('of %s sum to its map before ReLU', method => {
    const planes = contributions(method, activation, gradient, size);
    const map = methods[method](activation, gradient, size);
    map.forEach((value, cell) => {
      const sum = [0, 1, 2, 3, 4, 5, 6].reduce((all, channel) => all + planes[channel * 15 + cell], 0);
      expect(Math.max(sum, 0)).toBeCloseTo(value, 5);
    });
  });

  it('of Grad-CAM are the mean gradient times the activation, channel by channel', () => {
    const planes = contributions('grad-cam', new Float32Array([1, 2, 3, 4]), new Float32Array([1, -1, 3, 5]), { height: 1, width: 2, channels: 2 });
    expect([...planes]).toEqual([2 * 1, 2 * 3, 2 * 2, 2 * 4]);
  });
});
