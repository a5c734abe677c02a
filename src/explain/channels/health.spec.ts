import { describe, expect, it } from 'vitest';
import { ChannelSums, type Ends, imageChannels } from './health';

const NONE: Ends = { rectifies: false, low: null, high: null };
const RELU: Ends = { rectifies: true, low: null, high: null };
const SIGMOID: Ends = { rectifies: false, low: 0.01, high: 0.99 };

/** Deviations from the means, multiplied pair by pair and added up. */
function products(data: Float32Array, channels: number): Float64Array {
  const positions = data.length / channels;
  const column = (k: number) => Array.from({ length: positions }, (_, i) => data[i * channels + k]);
  const centred = Array.from({ length: channels }, (_, k) => {
    const values = column(k);
    const mean = values.reduce((a, b) => a + b, 0) / positions;
    return values.map(value => value - mean);
  });
  return Float64Array.from({ length: channels ** 2 }, (_, at) => {
    const [a, b] = [centred[Math.floor(at / channels)], centred[at % channels]];
    return a.reduce((sum, value, i) => sum + value * b[i], 0);
  });
}

/** Of images whose channel k has at position i what its function says. */
function healthOf(ends: Ends, images: number, positions: number, functions: ((i: number) => number)[]) {
  const channels = functions.length;
  const sums = new ChannelSums(channels, ends);
  for (let image = 0; image < images; image++) {
    const data = Float32Array.from({ length: positions * channels }, (_, at) =>
      functions[at % channels](image * positions + Math.floor(at / channels))
    );
    sums.add(imageChannels(data, channels, ends), products(data, channels));
  }
  return sums.health();
}

describe('channels over images', () => {
  it('are dead behind a ReLU, duplicates of another, or live', () => {
    const { kinds, twins, positions, atEnds } = healthOf(RELU, 4, 16, [
      i => Math.max(0, Math.sin(i)),
      () => 0,
      i => 3 * Math.max(0, Math.sin(i)) + 2,
      i => -Math.sin(i),
      () => 1.5,
      i => (i === 63 ? 1e-20 : 0)
    ]);
    expect(kinds).toEqual(['live', 'dead', 'duplicate', 'live', 'constant', 'live']);
    expect(twins).toEqual([{ channel: 2, like: 0, correlation: expect.closeTo(1, 9) }]);
    expect(positions).toBe(64);
    expect(atEnds).toBeNull();
  });

  it('are not dead without one: all zeros are a constant', () => {
    expect(healthOf(NONE, 2, 20, [() => 0, i => i]).kinds).toEqual(['constant', 'live']);
  });

  it('that are alike on one image and not on another are no duplicates', () => {
    const { kinds } = healthOf(NONE, 2, 32, [i => Math.sin(i), i => (i < 32 ? Math.sin(i) : Math.cos(3 * i))]);
    expect(kinds).toEqual(['live', 'live']);
  });

  it('that are alike on each image but not over both are no duplicates: their levels differ', () => {
    const { kinds } = healthOf(NONE, 2, 32, [i => Math.sin(i), i => Math.sin(i) + (i < 32 ? 0 : 5)]);
    expect(kinds).toEqual(['live', 'live']);
  });

  it('are compared beside the one they are like, not beside another duplicate', () => {
    const { twins } = healthOf(NONE, 1, 40, [i => i, i => 2 * i, i => 3 * i + 1]);
    expect(twins.map(({ channel, like }) => [channel, like])).toEqual([
      [1, 0],
      [2, 0]
    ]);
  });

  it('keep their digits where their mean is large', () => {
    const { kinds } = healthOf(NONE, 8, 8, [
      i => 4096 + Math.sin(i),
      i => 4096 + Math.cos(i),
      i => 8192 + 2 * Math.sin(i)
    ]);
    expect(kinds).toEqual(['live', 'live', 'duplicate']);
  });

  it('are saturated from 95 % of their values at an end', () => {
    const ends = (share: number) => (i: number) => (i % 100 < share ? (i % 2 ? 0.995 : 0.004) : 0.5);
    const { kinds, atEnds } = healthOf(SIGMOID, 2, 100, [ends(95), ends(94), () => 0.999]);
    expect(kinds).toEqual(['saturated', 'live', 'constant']);
    expect(atEnds).toBeCloseTo((0.95 + 0.94 + 1) / 3, 9);
  });

  it('are not compared at too few positions', () => {
    const few = healthOf(NONE, 3, 1, [i => i, i => 2 * i]);
    expect(few).toMatchObject({ isCompared: false, kinds: ['live', 'live'] });
    expect(healthOf(NONE, 32, 1, [i => i, i => 2 * i])).toMatchObject({
      isCompared: true,
      kinds: ['live', 'duplicate']
    });
  });

  it('say when a value is no finite number', () => {
    expect(imageChannels(Float32Array.of(1, NaN), 1, NONE).isFinite).toBe(false);
    expect(imageChannels(Float32Array.of(1, Infinity), 1, NONE).isFinite).toBe(false);
    expect(imageChannels(Float32Array.of(1, 2), 1, NONE).isFinite).toBe(true);
  });
});
