import { describe, expect, it } from 'vitest';
import { channelKind, channelOrder, channelStatistics, type OrderOptions, similarities } from './channel-order';

// Five channels of 1 x 3.
const data = Float32Array.from([1, 2, 3, 0, 0, 0, 6, 4, 2, 7, 7, 7, -1, NaN, 5]);
const statistics = channelStatistics(data, 5);
const order = (options: Partial<OrderOptions>): number[] =>
  channelOrder(data, 5, statistics, { order: 'index', hideDead: false, reference: 0, weights: null, ...options });

describe('channelStatistics', () => {
  it('leave NaN out', () => {
    expect([...statistics.mean]).toEqual([2, 0, 4, 7, 2]);
    expect([...statistics.max]).toEqual([3, 0, 6, 7, 5]);
    expect([...statistics.min]).toEqual([1, 0, 2, 7, -1]);
  });

  it('tell dead channels from constant ones', () => {
    expect([0, 1, 2, 3, 4].map(channel => channelKind(statistics, channel))).toEqual([
      'live',
      'dead',
      'live',
      'constant',
      'live'
    ]);
    expect(channelKind(channelStatistics(Float32Array.from([NaN, NaN]), 1), 0)).toBe('constant');
  });
});

describe('channelOrder', () => {
  it('is by index, mean, max or weight, the largest first and equal ones by index', () => {
    expect(order({})).toEqual([0, 1, 2, 3, 4]);
    expect(order({ order: 'mean' })).toEqual([3, 2, 0, 4, 1]);
    expect(order({ order: 'max' })).toEqual([3, 2, 4, 0, 1]);
    expect(order({ order: 'weight', weights: Float32Array.from([0, -1, NaN, 2, 1]) })).toEqual([3, 4, 0, 1, 2]);
    expect(order({ order: 'weight' })).toEqual([0, 1, 2, 3, 4]);
  });

  it('can leave dead and constant channels out', () => {
    expect(order({ order: 'mean', hideDead: true })).toEqual([2, 0, 4]);
  });

  it('by similarity begins with the channel itself and ends with its opposite', () => {
    const ranked = order({ order: 'similarity' });
    expect([ranked[0], ranked[4]]).toEqual([0, 2]);
  });
});

it('similarities are correlations', () => {
  const [own, , opposite, constant] = similarities(data, 5, statistics, 0);
  expect(own).toBeCloseTo(1, 6);
  expect(opposite).toBeCloseTo(-1, 6);
  expect(constant).toBe(0);
});
