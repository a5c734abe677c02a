/** Maps so far of methods of many passes: they do not change the map in the end. */
import { describe, expect, test } from 'vitest';
import type { ModelProbe } from '../model-probe';
import { occlusion } from './occlusion';
import { scoreCamWeights } from './score-cam';

const [rows, columns] = [20, 14];

/** A score that no order of pictures changes: of a spot, as of an object, a little right of the middle. */
const weights = (at: number): number =>
  40 * Math.exp(-((Math.floor(at / columns) - 9) ** 2 + ((at % columns) - 8) ** 2) / 40) + 0.1 * Math.sin(at);
const scoreOf = (picture: Float32Array): number =>
  Math.tanh(picture.reduce((sum, value, at) => sum + weights(at) * value, 0) / picture.length);

function probe(batch: number, done: number[] = []): ModelProbe {
  return {
    batch,
    scores: async (pictures, count) => {
      const length = pictures.length / count;
      return Float64Array.from({ length: count }, (_, i) => scoreOf(pictures.subarray(i * length, (i + 1) * length)));
    },
    gradients: () => Promise.reject(new Error('not asked for')),
    progress: value => done.push(value)
  };
}

const picture = Float32Array.from({ length: rows * columns }, (_, i) => Math.cos(i / 30) + 0.5);
const size = { height: rows, width: columns, channels: 1 };

/** Zeiler and Fergus' map, patch after patch from the top left, without a thought for what to show first. */
function slid(patch: number, stride: number): Float32Array {
  const sums = new Float64Array(picture.length);
  const counts = new Float64Array(picture.length);
  const starts = (length: number): number[] =>
    Array.from({ length: 1 + Math.ceil((length - patch) / stride) }, (_, i) => i * stride);
  for (const top of starts(rows)) {
    for (const left of starts(columns)) {
      const cells = Array.from(picture.keys()).filter(at => {
        const [y, x] = [Math.floor(at / columns), at % columns];
        return y >= top && y < top + patch && x >= left && x < left + patch;
      });
      const covered = picture.slice();
      cells.forEach(at => (covered[at] = 0));
      cells.forEach(at => {
        sums[at] += scoreOf(picture) - scoreOf(covered);
        counts[at]++;
      });
    }
  }
  return Float32Array.from(sums, (sum, at) => (counts[at] > 0 ? sum / counts[at] : 0));
}

describe('occlusion', () => {
  test('from coarse to fine ends bit for bit where it does patch after patch', async () => {
    for (const batch of [1, 3, 32]) {
      expect(await occlusion(picture, size, probe(batch), { patch: 3, stride: 2 })).toEqual(slid(3, 2));
    }
  });

  test('is zero where scores differ by no more than they are rounded, and is not just above', async () => {
    const of = (change: number): ModelProbe => ({
      ...probe(4),
      scores: async (_, count) => Float64Array.from({ length: count }, (_, i) => 12 + (i % 3) * change)
    });
    expect((await occlusion(picture, size, of(12 * 2 ** -22))).every(value => value === 0)).toBe(true);
    expect((await occlusion(picture, size, of(12 * 2 ** -18))).some(value => value !== 0)).toBe(true);
  });

  test('tells maps of all the picture from the coarsest patches on, nearer and nearer to the last', async () => {
    const final = slid(2, 1);
    const maps: Float32Array[] = [];
    const done: number[] = [];
    await occlusion(picture, size, probe(2, done), { patch: 2, stride: 1 }, soFar => maps.push(soFar()));
    // 19 x 13 patches, of which every eighth along each axis makes 3 x 2.
    expect(maps).toHaveLength(done.filter(passes => passes >= 6 && passes < 19 * 13).length);
    const away = maps.map(map => map.reduce((sum, value, at) => sum + Math.abs(value - final[at]), 0));
    expect(maps[0].every(Number.isFinite)).toBe(true);
    expect(new Set(maps[0]).size).toBeLessThanOrEqual(6 * 4);
    expect(away[0]).toBeGreaterThan(3 * away[Math.floor(away.length / 2)]);
    expect(away.at(-1)).toBeLessThan(away[0] / 20);
  });
});

describe('Score-CAM', () => {
  const layer = { height: 5, width: 7, channels: 6 };
  // The later the channel, the more it varies.
  const activation = Float32Array.from({ length: 35 * 6 }, (_, at) => Math.sin(at) * ((at % 6) + 1));

  test('so far is the map of those channels that vary most', async () => {
    const soFar: Float32Array[] = [];
    const given: [Float32Array, typeof size, Float32Array, typeof layer] = [picture, size, activation, layer];
    const final = await scoreCamWeights(...given, probe(2), {}, found => soFar.push(found()));
    // Towards the end batches are smaller.
    expect(soFar).toHaveLength(4);
    for (const [i, channels] of [2, 3, 4, 5].entries()) {
      expect(soFar[i]).toEqual(await scoreCamWeights(...given, probe(32), { channels }));
      expect(soFar[i].filter(weight => weight > 0)).toHaveLength(channels);
    }
    expect(final).toEqual(await scoreCamWeights(...given, probe(32)));
    expect(final.every(weight => weight > 0)).toBe(true);
  });
});
