import { beforeAll, expect, it } from 'vitest';
import { regionCovered } from '../../graph/field-geometry';
import { useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { graphOf, node, noise, weight } from '../testing/graphs';

beforeAll(() => useBackend('cpu'));

it('tells where the cells of what it shows lie, on a picture of the size as fed', async () => {
  const shape = (channels: number) => [null, null, null, channels];
  const engine = await engineOf(
    graphOf([
      node('image', 'InputLayer', [], shape(1)),
      node(
        'conv',
        'Conv2D',
        ['image'],
        shape(2),
        { kernel_size: [3, 3], strides: [2, 2], padding: 'same', filters: 2 },
        { kernel: weight('kernel', [3, 3, 1, 2], 1), bias: weight('bias', [2], 2) }
      ),
      node('mean', 'GlobalAveragePooling2D', ['conv'], [null, 2])
    ])
  );
  const covered = async (side: number) => {
    const picture = { shape: [1, side, side, 1], data: noise(side * side, side) };
    const { fields, planes } = await engine.run(
      request(picture, { planes: ['conv'], maps: ['conv'], inputKey: `side ${side}` })
    );
    expect(Object.keys(fields)).toEqual(['conv']);
    return regionCovered(fields.conv, [planes.conv.height, planes.conv.width]);
  };
  // TensorFlow pads an even size behind only, an odd one on both sides.
  expect(await covered(8)).toEqual({ u0: 0.5 / 8, v0: 0.5 / 8, u1: 8.5 / 8, v1: 8.5 / 8 });
  expect(await covered(9)).toEqual({ u0: -0.5 / 9, v0: -0.5 / 9, u1: 9.5 / 9, v1: 9.5 / 9 });
  expect((await covered(8)).u0).toBe(0.5 / 8);
  engine.close('model');
});
