import { expect, it } from 'vitest';
import { fitted, sizeOf } from './fit';
import { packResult, packSummary } from './pack';
import type { PackedResults } from './packed-results';
import type { Result } from './result';
import { MODEL, OF, result } from './testing/result';

async function all(results: readonly Result[]): Promise<PackedResults> {
  const packed = await Promise.all(results.map(one => packResult(one)));
  return {
    version: 1,
    model: OF,
    summary: await packSummary(MODEL),
    runs: packed.map(({ run }) => run),
    outputs: packed.slice(0, 1).map(({ outputs }) => outputs),
    planes: packed.flatMap(({ planes }) => planes ?? [])
  };
}

const withParts = (of: Result): Result => ({
  ...of,
  parts: new Float32Array(of.run.planes[of.about.layer].data.length)
});
const layers = (of: readonly { layer: string }[]): string[] => of.map(({ layer }) => layer);

it('leaves all as it is where there is room', async () => {
  const packed = await all([withParts(result({ layer: 'conv1' })), withParts(result())]);
  expect(fitted(packed, sizeOf(packed))).toEqual(packed);
});

it('keeps to the bytes, and of each kind what was looked at last', async () => {
  const packed = await all([withParts(result({ layer: 'conv1' })), withParts(result())]);
  const both = ['conv1', 'conv2'];
  const kept = (bytes: number): string[][] => {
    const some = fitted(packed, bytes);
    expect(some === null || sizeOf(some) <= bytes).toBe(true);
    const { runs = [], planes = [] } = some ?? {};
    return [
      layers(runs.filter(({ parts }) => parts).map(({ about }) => about)),
      layers(planes),
      layers(runs.map(({ about }) => about))
    ];
  };
  const runs: unknown[] = [];
  for (let bytes = sizeOf(packed); bytes > 0; bytes -= 1) {
    const [parts, planes, maps] = kept(bytes);
    // Of each kind, what was looked at last; what is left over may still hold something smaller.
    for (const some of [parts, planes, maps]) {
      expect([[], ['conv2'], both]).toContainEqual(some);
    }
    expect(planes.length).toBeLessThanOrEqual(maps.length);
    if (JSON.stringify(maps) !== JSON.stringify(runs.at(-1))) {
      runs.push(maps);
    }
  }
  expect(runs).toEqual([both, ['conv2'], []]);
});

it('lets go of feature maps before predictions, and of predictions before maps', async () => {
  const guesses = [0, 1, 2].map(i => ({ input: `image ${i}`, tops: { head: [i, 0.5] as [number, number] } }));
  const packed = { ...(await all([withParts(result())])), guesses };
  const seen = new Set<string>();
  for (let bytes = sizeOf(packed); bytes > 0; bytes -= 20) {
    const some = fitted(packed, bytes);
    expect(some === null || sizeOf(some) <= bytes).toBe(true);
    seen.add(some ? `${some.guesses?.length} ${some.planes.length}` : 'nothing');
  }
  expect([...seen]).toEqual(['3 1', '3 0', '2 0', '1 0', '0 0', 'nothing']);
});
