/** Scores of sets of pixels and of cells, beside TensorFlow's (conformance/explain/segmentation.py). */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MethodName, ScoreKind, Target } from '../../explain/names';
import { readModel } from '../../formats';
import { classMessage } from '../../messages/class-message';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { decode, relativeError, type StoredTensor } from '../testing/numbers';
import { readReference } from '../testing/references';
import type { Engine } from './engine';

type MapName = Extract<MethodName, 'grad-cam' | 'saliency' | 'occlusion'>;
type Case = { target: Target; kind?: ScoreKind; score: StoredTensor } & Partial<Record<MapName, StoredTensor>>;
interface Stored {
  output: StoredTensor;
  cases: Record<string, Case>;
}

const FOLDER = 'conformance/data/explain';
const { input, models } = readReference<{ input: StoredTensor; models: Record<string, Stored> }>(
  `${FOLDER}/segmentation.json`,
  'conformance/explain/segmentation.py'
);
const pictures = { shape: input.shape, data: decode(input) };
/** As segmentation.py occludes. */
const settings = { patch: 3, stride: 2 };
const MAPS: readonly MapName[] = ['grad-cam', 'saliency', 'occlusion'];

async function opened(name: string): Promise<Engine> {
  const file = `${name}.keras`;
  return engineOf(await readModel(new Uint8Array(readFileSync(`${FOLDER}/${file}`)), file));
}

const cases = Object.entries(models).flatMap(([name, { output, cases: of }]) =>
  Object.entries(of).map(([title, stored]) => ({ name, title, output, stored }))
);

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it.each(cases)('$name: $title', async ({ name, output, stored }) => {
    const engine = await opened(name);
    const { target, kind = 'logit', score } = stored;
    for (const method of MAPS.filter(one => stored[one])) {
      const wanted = stored[method] as StoredTensor;
      const run = await engine.run(
        request(pictures, { maps: ['features'], method, target, score: kind, settings, activations: ['features'] })
      );
      expect(relativeError(Object.values(run.outputs)[0].data, decode(output))).toBeLessThan(1e-5);
      const scores = Float32Array.from(run.targets, one => one.score);
      expect(relativeError(scores, decode(score))).toBeLessThan(1e-5);
      expect(decode(wanted).some(value => value > 0)).toBe(true);
      expect(run.maps.features.shape).toEqual(wanted.shape);
      expect(relativeError(run.maps.features.data, decode(wanted))).toBeLessThan(1e-4);
    }
    engine.close('model');
  });

  it.each<[string, Target, RegExp]>([
    [
      'a mask of neither size',
      { class: 0, pixels: { shape: [5, 5], runs: [0, 25] } },
      /5 x 5 fits neither the output, 8 x 6 pixels, nor the input, 16 x 12/
    ],
    ['runs that do not fill the mask', { class: 0, pixels: { shape: [8, 6], runs: [0, 25] } }, /fits neither/],
    ['a mask of nothing', { class: 0, pixels: { shape: [8, 6], runs: [48] } }, /covers no pixel/],
    ['a rectangle beyond the output', { class: 0, pixels: [0, 0, 9, 6] }, /not within the 8 x 6 pixels/],
    ['a class that there is not', { class: 4, pixels: 'all' }, /no class 4/],
    ['another class that there is not', { class: 0, minus: 4, pixels: 'all' }, /no class 4/],
    [
      'a cell that there is not',
      { cell: [8, 0], channel: 0 },
      /no number 0 at cell \[8, 0\]: the output has 8 x 6 cells of 4/
    ]
  ])('refuses %s by name', async (_, target, words) => {
    const engine = await opened('segments');
    const asked = engine.run(request(pictures, { maps: ['features'], target }));
    await expect(asked).rejects.toThrow(words);
    engine.close('model');
  });

  it('says over how many pixels scores are added up', async () => {
    const engine = await opened('segments');
    const { notices } = await engine.run(
      request(pictures, { maps: ['features'], target: { class: 1, pixels: [2, 1, 7, 4] } })
    );
    expect(notices.map(({ text, values }) => [text, values])).toContainEqual([
      expect.stringContaining('sum of the scores of %1 over'),
      [classMessage(1), '15', '48']
    ]);
    engine.close('model');
  });
});
