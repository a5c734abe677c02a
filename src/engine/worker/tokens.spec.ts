/** A vision transformer's file to a map over its patches: what Grad-CAM is of its tokens without the class token. */
import { beforeAll, expect, it } from 'vitest';
import { mapBy } from '../../explain/testing/methods';
import { readModel } from '../../formats';
import { bytesOf } from '../../formats/testing/reader-data';
import { useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';

beforeAll(() => useBackend('cpu'));

it('explains patches, not the class token', async () => {
  const file = 'class_token.keras3.keras';
  const engine = await engineOf(await readModel(bytesOf(file), file));
  const image = { shape: [1, 16, 16, 3], data: Float32Array.from({ length: 768 }, (_, i) => Math.sin(i)) };
  const layer = 'with_token';
  const run = await engine.run(
    request(image, { activations: [layer], gradients: [layer], maps: [layer], planes: [layer] })
  );
  const { data, shape } = run.activations[layer];
  expect(shape).toEqual([1, 17, 8]);
  expect(run.maps[layer].shape).toEqual([1, 4, 4]);
  const size = { height: 4, width: 4, channels: 8 };
  expect(run.maps[layer].data).toEqual(
    mapBy('grad-cam', data.subarray(8), run.gradients[layer].data.subarray(8), size)
  );
  expect(Math.max(...run.maps[layer].data)).toBeGreaterThan(0);
  expect([run.planes[layer].height, run.planes[layer].width, run.planes[layer].data[1]]).toEqual([4, 4, data[16]]);
  engine.close('model');
});
