/** ROAD against pytorch-grad-cam's own code, and against closed forms. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../engine/testing/backends';
import { engineOf, request } from '../../engine/testing/engines';
import { decode, relativeError, type StoredTensor } from '../../engine/testing/numbers';
import { readReference } from '../../engine/testing/references';
import type { ModelProbe } from '../model-probe';
import { network, picture, TARGET } from '../testing/network';
import { sum } from '../testing/sum-probe';
import { ranked } from './ranking';
import { imputed, road } from './road';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../conformance/explain');
const peer = readReference<{ arrays: Record<string, StoredTensor> }>(
  join(folder, 'torch-peers.json'),
  'conformance/explain/generate_torch.py'
).arrays;

const SIZE = { height: 16, width: 20, channels: 3 };
const first = picture().data.slice(0, 960);
const map = decode(peer['road map']);

describe('what is removed', () => {
  it('is refused where it leaves a slice without a pixel: nothing would be there to fill it from', () => {
    const size = { height: 4, width: 2, channels: 1, slices: 2 };
    const picture = Float32Array.from({ length: 8 }, (_, i) => 5 + i);
    expect(() => imputed(picture, size, Uint32Array.of(0, 1, 2, 3))).toThrow(/leaves a slice without any/);
    expect(() => imputed(picture, { ...size, slices: 1 }, Uint32Array.of(0, 1, 2, 3))).not.toThrow();
  });

  it.each(['most', 'least'])('is imputed as by pytorch-grad-cam, the half marked %s', which => {
    const order = which === 'most' ? ranked(map) : ranked(map).reverse();
    const found = imputed(first, SIZE, order.slice(0, 160));
    expect(relativeError(found, decode(peer[`road ${which}, half imputed`]))).toBeLessThan(1e-6);
  });

  it('is a slope again where it was cut out of one: its neighbours on both sides weigh alike', () => {
    const size = { height: 9, width: 11, channels: 2 };
    const slope = Float32Array.from({ length: 198 }, (_, i) => {
      const [row, column] = [Math.floor(i / 22), Math.floor(i / 2) % 11];
      return i % 2 ? 3 * row - column : 0.5 * row + 2 * column + 1;
    });
    const inside = Uint32Array.from([2, 3, 4, 5, 6].flatMap(row => [1, 2, 3, 6, 9].map(column => row * 11 + column)));
    const holes = slope.slice();
    inside.forEach(pixel => holes.fill(1e6, 2 * pixel, 2 * pixel + 2));
    expect(relativeError(imputed(holes, size, inside), slope)).toBeLessThan(1e-6);
  });

  it('is the mean of the one pixel that is left, and of its own slice', () => {
    const volume = Float32Array.of(5, 0, 0, 0, 7, 1, 1, 1);
    const found = imputed(volume, { height: 4, width: 2, channels: 1, slices: 2 }, Uint32Array.of(1, 2, 3, 5, 6, 7));
    found.forEach((value, i) => expect(value).toBeCloseTo(i < 4 ? 5 : 7, 5));
  });
});

describe('the scores', () => {
  beforeAll(() => useBackend('cpu'));

  it('are those of pytorch-grad-cam on the same network, and so is what combines them', async () => {
    const engine = await engineOf(network());
    let asked = 0;
    const probe: ModelProbe = {
      ...sum,
      scores: async (pictures, count) => {
        // A name of its own: the engine keeps the values of inputs that it knows.
        const of = { inputKey: `${asked++}` };
        const { outputs } = await engine.run(request({ shape: [count, 16, 20, 3], data: pictures }, of));
        const { shape, data } = outputs.dense;
        return Float64Array.from({ length: count }, (_, i) => data[i * shape[1] + TARGET]);
      }
    };
    const [found] = await road(first, SIZE, [map], probe, { noise: 0 });
    engine.close('model');
    const [most, least] = [decode(peer['road most']), decode(peer['road least'])];
    expect(relativeError(Float32Array.from(found.most), most)).toBeLessThan(1e-5);
    expect(relativeError(Float32Array.from(found.least), least)).toBeLessThan(1e-5);
    const mean = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / 9;
    expect(found.combined).toBeCloseTo((mean(least) - mean(most)) / 2, 6);
  });

  it('of several maps are those of each, with the same noise', async () => {
    const maps = [map, map.map(value => -value)];
    const both = await road(first, SIZE, maps, sum);
    expect(await road(first, SIZE, [maps[1]], sum)).toEqual([both[1]]);
    const plain = await road(first, SIZE, maps, sum, { noise: 0 });
    expect(plain[0].most).toEqual(plain[1].least);
    expect(both[0].most).not.toEqual(plain[0].most);
    // 0.01 of a standard normal number at each of 32 pixels and 3 channels.
    expect(Math.abs(both[0].most[0] - plain[0].most[0])).toBeLessThan(0.01 * Math.sqrt(96) * 5);
  });
});
