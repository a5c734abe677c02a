/**
 * Videos through a file that Keras wrote to a map of every frame, beside TensorFlow's (conformance/explain/volumes.py).
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../../formats';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { decode, relativeError, type StoredTensor } from '../testing/numbers';
import { readReference } from '../testing/references';
import type { Engine } from './engine';

const METHODS = ['grad-cam', 'hires-cam', 'saliency', 'input-x-gradient', 'guided-grad-cam', 'occlusion'] as const;
type MapName = (typeof METHODS)[number];
type Stored = Record<'output' | 'activation' | MapName, StoredTensor> & { layer: string };

const FOLDER = 'conformance/data/explain';
const { input, ...models } = readReference<{ input: StoredTensor } & Record<'separate' | 'together', Stored>>(
  `${FOLDER}/volumes.json`,
  'conformance/explain/volumes.py'
);
/** As volumes.py occludes. */
const settings = { patch: 3, stride: 2 };
const clips = { shape: input.shape, data: decode(input) };
const [, , height, width] = input.shape;

async function opened(name: string): Promise<Engine> {
  const file = `${name}.keras`;
  return engineOf(await readModel(new Uint8Array(readFileSync(`${FOLDER}/${file}`)), file));
}

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  describe.each(Object.entries(models))('layers over the frames, %s', (name, stored) => {
    const { layer } = stored;

    it.each(METHODS)('%s', async method => {
      const engine = await opened(name);
      const run = await engine.run(
        request(clips, { activations: [layer], maps: [layer], method, target: 1, settings })
      );
      const wanted = stored[method];
      expect(run.maps[layer].shape).toEqual(wanted.shape);
      expect(relativeError(run.maps[layer].data, decode(wanted))).toBeLessThan(1e-4);
      expect(run.activations[layer].shape).toEqual(stored.activation.shape);
      expect(relativeError(run.activations[layer].data, decode(stored.activation))).toBeLessThan(1e-5);
      expect(relativeError(Object.values(run.outputs)[0].data, decode(stored.output))).toBeLessThan(1e-5);
      engine.close('model');
    });

    it('gives planes of all slices, one under the other, and says how many', async () => {
      const engine = await opened(name);
      const run = await engine.run(request(clips, { planes: [layer], overviews: [layer] }));
      const [, slices, rows, columns, channels] = stored.activation.shape;
      const planes = run.planes[layer];
      expect(planes).toMatchObject({ slices, height: slices * rows, width: columns, channels });
      const at = (slice: number, cell: number, channel: number): number =>
        decode(stored.activation)[(slice * rows * columns + cell) * channels + channel];
      expect(planes.data[2 * rows * columns + 1]).toBeCloseTo(at(2, 1, 0), 5);
      expect(planes.data[(slices + 1) * rows * columns]).toBeCloseTo(at(1, 0, 1), 5);
      expect(run.overviews?.[layer]).toMatchObject({ slices, height: slices * rows, width: columns });
      expect([run.inputSize, run.inputSlices]).toEqual([[height, width], input.shape[1]]);
      engine.close('model');
    });

    it('masks volumes by Score-CAM, and takes no convention of pictures', async () => {
      const engine = await opened(name);
      const scored = await engine.run(request(clips, { maps: [layer], method: 'score-cam', target: 1 }));
      expect(scored.maps[layer].shape).toEqual(stored['grad-cam'].shape);
      const asked = engine.run(request(clips, { maps: [layer], convention: 'captum' }));
      await expect(asked).rejects.toThrow(/convention captum is about maps of pictures/);
      engine.close('model');
    });
  });
});
