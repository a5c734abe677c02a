/** Maps that cancel, beside Keras' in float64 (conformance/explain/cancelling.py). */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradientCamName } from '../../explain/names';
import { mapBy } from '../../explain/testing/methods';
import { readModel } from '../../formats';
import { english } from '../../messages/message';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { decode, relativeError, type StoredTensor } from '../testing/numbers';
import { readReference } from '../testing/references';

const FOLDER = 'conformance/data/explain';
interface Stored {
  input: StoredTensor;
  models: Record<string, { map: StoredTensor; scale: number }[]>;
}
const { input, models } = readReference<Stored>(`${FOLDER}/cancelling.json`, 'conformance/explain/cancelling.py');
const pictures = { shape: input.shape, data: decode(input) };
const METHODS: readonly GradientCamName[] = ['grad-cam', 'hires-cam'];

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  describe.each(Object.keys(models))('%s', name => {
    const opened = async () =>
      engineOf(await readModel(new Uint8Array(readFileSync(`${FOLDER}/${name}.keras`)), `${name}.keras`));
    const [cancels, counts] = models[name];

    it.each(METHODS)('%s of the class whose channels cancel is zero, and the notice says why', async method => {
      // In float64 too there is next to nothing.
      expect(Math.max(...decode(cancels.map)) / cancels.scale).toBeLessThan(1e-12);
      const engine = await opened();
      const run = await engine.run(request(pictures, { maps: ['features'], method, target: 0 }));
      expect(run.maps.features.data.every(value => value === 0)).toBe(true);
      expect(run.empty).toEqual({ features: [0] });
      expect(run.notices.map(english)).toContainEqual(
        expect.stringMatching(/^features: what the channels add to the map cancels\. .* rounding error/)
      );
      engine.close('model');
    });

    it('would be rounding, drawn over its own range', async () => {
      const engine = await opened();
      const wanted = { activations: ['features'], gradients: ['features'], target: 0 };
      const { activations, gradients } = await engine.run(request(pictures, wanted));
      const [, height, width, channels] = activations.features.shape;
      const map = mapBy('grad-cam', activations.features.data, gradients.features.data, { height, width, channels });
      expect(Math.max(...map)).toBeGreaterThan(0);
      engine.close('model');
    });

    it.each(METHODS)('%s of the other class is as in float64', async method => {
      const engine = await opened();
      const run = await engine.run(request(pictures, { maps: ['features'], method, target: 1 }));
      expect(run.empty).toEqual({});
      expect(run.notices.map(english).filter(said => /rounding/.test(said))).toEqual([]);
      if (method === 'grad-cam') {
        expect(relativeError(run.maps.features.data, decode(counts.map))).toBeLessThan(1e-5);
      }
      engine.close('model');
    });
  });
});
