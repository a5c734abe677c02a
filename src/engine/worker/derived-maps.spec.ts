/** Grad-CAM made on the backend, also of layers that are never computed, beside the pure function on whole tensors. */
import { beforeAll, describe, expect, it } from 'vitest';
import { mapBy } from '../../explain/testing/methods';
import { english } from '../../messages/message';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { noise, smallCnn } from '../testing/graphs';
import { relativeError } from '../testing/numbers';

const LAYERS = ['image', 'pad', 'conv1', 'bn1', 'relu1', 'conv2', 'add', 'bn2', 'relu2', 'pool', 'conv3'];
const SAMPLES = 2;
const image = { shape: [SAMPLES, 8, 8, 3], data: noise(SAMPLES * 192, 5) };

describe.each(NODE_BACKENDS)('Grad-CAM of every layer on %s', backend => {
  beforeAll(() => useBackend(backend));

  it('is what activations and gradients make of it', async () => {
    const engine = await engineOf(smallCnn());
    const { maps } = await engine.run(request(image, { maps: LAYERS }));
    const { activations, gradients } = await engine.run(
      request(image, { inputKey: 'again', activations: LAYERS, gradients: LAYERS })
    );
    for (const layer of LAYERS) {
      const { shape, data } = activations[layer];
      const [, height, width, channels] = shape;
      const length = height * width * channels;
      const expected = Array.from({ length: SAMPLES }, (_, sample) => {
        const part = (values: Float32Array) => values.subarray(sample * length, (sample + 1) * length);
        return [...mapBy('grad-cam', part(data), part(gradients[layer].data), { height, width, channels })];
      }).flat();
      expect(maps[layer].shape).toEqual([SAMPLES, height, width]);
      expect(Math.max(...expected), layer).toBeGreaterThan(0);
      expect(relativeError(maps[layer].data, expected), layer).toBeLessThan(1e-5);
    }
    engine.close('model');
  });

  it('needs no pass of its own before a scale and shift that is mapped too', async () => {
    const engine = await engineOf(smallCnn());
    const seen: number[] = [];
    const count = async (layers: string[], inputKey: string) => {
      let total = 0;
      await engine.run(request(image, { inputKey, maps: layers }), {
        onProgress: ({ phase, total: of }) => (total = phase === 'forward' ? of : total)
      });
      seen.push(total);
    };
    await count(['bn1'], 'one');
    await count(['bn1', 'conv1'], 'both');
    await count(['conv1'], 'alone');
    expect(seen[1]).toBe(seen[0]);
    // Alone, the convolution is computed, and its scale, shift and ReLU after it are one step.
    expect(seen[2]).toBe(seen[0]);
    engine.close('model');
  });

  it('is zeros at layers on which the score does not depend, and says so', async () => {
    const engine = await engineOf(smallCnn());
    const target = { layer: 'conv1', channel: 0 };
    const { maps, notices } = await engine.run(request(image, { maps: ['bn1', 'conv2'], target }));
    expect(maps.conv2.data.every(value => value === 0)).toBe(true);
    expect(maps.bn1.data.every(value => value === 0)).toBe(true);
    expect(notices.map(english)).toContain(
      'The class score does not depend on the layer conv2, so its gradient is zero.'
    );
    engine.close('model');
  });
});
