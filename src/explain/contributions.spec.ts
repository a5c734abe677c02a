import { describe, expect, it } from 'vitest';
import { noise } from '../engine/testing/graphs';
import { contributions, eigenContributions, weighedContributions } from './contributions';
import { eigenCam } from './methods/eigen-cam';
import { scoreCam, scoreCamWeights } from './methods/score-cam';
import type { ModelProbe } from './model-probe';
import { mapBy, METHODS } from './testing/methods';

const size = { height: 3, width: 5, channels: 7 };
const activation = noise(105, 1);
const gradient = noise(105, 2);

describe('contributions', () => {
  it.each(METHODS)('of %s sum to its map before ReLU', method => {
    const planes = contributions(method, activation, gradient, size);
    const map = mapBy(method, activation, gradient, size);
    map.forEach((value, cell) => {
      const sum = [0, 1, 2, 3, 4, 5, 6].reduce((all, channel) => all + planes[channel * 15 + cell], 0);
      expect(Math.max(sum, 0)).toBeCloseTo(value, 5);
    });
  });

  it('of Grad-CAM are the mean gradient times the activation, channel by channel', () => {
    const planes = contributions('grad-cam', new Float32Array([1, 2, 3, 4]), new Float32Array([1, -1, 3, 5]), {
      height: 1,
      width: 2,
      channels: 2
    });
    expect([...planes]).toEqual([2 * 1, 2 * 3, 2 * 2, 2 * 4]);
  });
});

/** Sums the channels' contributions to each cell. */
function summed(planes: Float32Array, cells: number): number[] {
  return Array.from({ length: cells }, (_, cell) => {
    let sum = 0;
    for (let at = cell; at < planes.length; at += cells) {
      sum += planes[at];
    }
    return sum;
  });
}

describe('contributions of Eigen-CAM', () => {
  it.each([
    ['more cells than channels', { height: 3, width: 5, channels: 7 }],
    ['more channels than cells', { height: 1, width: 3, channels: 35 }]
  ])('sum to its map, which has no ReLU: %s', (_, of) => {
    const planes = eigenContributions(activation, of);
    const map = eigenCam(activation, of);
    expect(Math.max(...map.map(Math.abs))).toBeGreaterThan(0.1);
    summed(planes, map.length).forEach((sum, cell) => expect(sum).toBeCloseTo(map[cell], 5));
  });

  it('are the activations along the first singular vector: of rank one, the whole matrix', () => {
    // A = u vᵀ with v = (3, 4) / 5 and u = (5, 10): its only singular vector is v.
    const planes = eigenContributions(new Float32Array([3, 4, 6, 8]), { height: 1, width: 2, channels: 2 });
    [3 * 0.6, 6 * 0.6, 4 * 0.8, 8 * 0.8].forEach((value, i) => expect(planes[i]).toBeCloseTo(value, 5));
  });
});

describe('contributions of Score-CAM', () => {
  let asked = 0;
  const probe: ModelProbe = {
    batch: 4,
    progress: () => undefined,
    gradients: () => Promise.reject(new Error('not asked for')),
    scores: (_: Float32Array, count: number) =>
      Promise.resolve(Float64Array.from({ length: count }, () => Math.log(++asked)))
  };

  it('are each channel times the softmax of its score, and sum to the map before its ReLU', async () => {
    const input = { height: 3, width: 5, channels: 1 };
    const of = { height: 3, width: 5, channels: 3 };
    const values = activation.subarray(0, 45);
    const weights = await scoreCamWeights(new Float32Array(15).fill(1), input, values, of, probe);
    // Tried from the most to the least varied, scores are ln 1, ln 2, ln 3: the softmax is 1/6, 2/6, 3/6.
    const spreads = [0, 1, 2].map(channel => {
      const plane = [...values].filter((_, i) => i % 3 === channel);
      const mean = plane.reduce((a, b) => a + b) / plane.length;
      return plane.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    });
    spreads
      .map((_, channel) => channel)
      .sort((a, b) => spreads[b] - spreads[a])
      .forEach((channel, i) => expect(weights[channel]).toBeCloseTo((i + 1) / 6, 6));
    const map = scoreCam(values, of, weights);
    const planes = weighedContributions(values, weights, of);
    expect(planes[15 + 4]).toBeCloseTo(values[4 * 3 + 1] * weights[1], 6);
    summed(planes, 15).forEach((sum, cell) => expect(Math.max(sum, 0)).toBeCloseTo(map[cell], 5));
  });
});
