/** Which errors trying again can help with, of every kind that the browser finds. */
import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../delivery/served-file';
import { useBackend } from '../../engine/testing/backends';
import { engineOf, request } from '../../engine/testing/engines';
import { noise, smallCnn } from '../../engine/testing/graphs';
import { readModel } from '../../formats';
import { message } from '../../messages/message';
import { problemOf } from './sentences';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const image = { shape: [1, 8, 8, 3], data: noise(192, 5) };

async function thrown(failing: () => unknown): Promise<unknown> {
  try {
    await failing();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

const ran = async (params: Parameters<typeof request>[1], input = image): Promise<unknown> => {
  await useBackend('cpu');
  const engine = await engineOf(smallCnn());
  try {
    return await engine.run(request(input, params));
  } finally {
    engine.close('model');
  }
};

describe('errors with which trying again cannot help', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a file that is no model', () => readModel(bytes('hello'), 'a.h5'), /a\.h5/],
    ['an archive that is cut short', () => readModel(bytes('PK\x03\x04xxxx'), 'a.keras'), /cut short/],
    ['JSON that is cut short', () => readModel(bytes('{"format": "layers-model"'), 'model.json'), /damaged/],
    ['a layer that is missing', () => ran({ maps: ['nowhere'] }), /no layer called nowhere/],
    ['a layer without places', () => ran({ maps: ['dense'] }), /has no image axes/],
    [
      'an input of another shape',
      () => ran({ maps: ['conv1'] }, { shape: [1, 8, 8, 4], data: noise(256, 5) }),
      /input/
    ],
    [
      'a channel that is missing',
      () => ran({ maps: ['conv1'], target: { layer: 'conv1', channel: 99 } }),
      /no channel/
    ],
    [
      'a convention of another method',
      () => ran({ maps: ['conv1'], method: 'hires-cam', convention: 'captum' }),
      /convention/
    ]
  ])('%s', async (_, failing, says) => {
    const error = await thrown(failing);
    expect((error as Error).message).toMatch(says);
    expect(problemOf(error).isLasting).toBe(true);
  });
});

describe('errors with which it can', () => {
  it.each<[string, unknown]>([
    ['a server that does not answer', new DeliveryError(message('The server did not answer.'))],
    ['a browser’s own', new TypeError('Failed to fetch')]
  ])('%s', (_, error) => {
    expect(problemOf(error).isLasting).toBe(false);
  });

  it('a model that the worker let go of', async () => {
    await useBackend('cpu');
    const engine = await engineOf(smallCnn());
    engine.close('model');
    const error = await thrown(() => engine.run(request(image, { maps: ['conv1'] })));
    expect(problemOf(error).isLasting).toBe(false);
  });

  it('weights beside a file that cannot be fetched', async () => {
    const json = {
      format: 'layers-model',
      modelTopology: {
        model_config: {
          class_name: 'Sequential',
          config: {
            name: 'm',
            layers: [{ class_name: 'Dense', config: { name: 'd', units: 1, batch_input_shape: [null, 1] } }]
          }
        }
      },
      weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'd/kernel', shape: [1, 1], dtype: 'float32' }] }]
    };
    const error = await thrown(() =>
      readModel(bytes(JSON.stringify(json)), 'model.json', () =>
        Promise.reject(new DeliveryError(message('The server did not answer.')))
      )
    );
    expect((error as Error).message).toMatch(/did not answer/);
    expect(problemOf(error).isLasting).toBe(false);
  });
});
