import { describe, expect, it } from 'vitest';
import { decodeTensor } from './tensor-codec';

const base64 = (bytes: ArrayBufferLike): string => Buffer.from(bytes).toString('base64');

describe('decodeTensor', () => {
  it('keeps every bit of float32, NaN and negative zero too', async () => {
    const values = Float32Array.from([0.1, -0, NaN, Infinity, 1e-42, -1.5]);
    const { data, shape } = await decodeTensor({ dtype: 'float32', shape: [1, 2, 3], data: base64(values.buffer) });
    expect(shape).toEqual([1, 2, 3]);
    expect(new Uint32Array(data.buffer)).toEqual(new Uint32Array(values.buffer));
  });

  it('widens uint8', async () => {
    const { data } = await decodeTensor({
      dtype: 'uint8',
      shape: [3],
      data: base64(Uint8Array.of(0, 128, 255).buffer)
    });
    expect([...data]).toEqual([0, 128, 255]);
  });

  it('says so when bytes are missing', async () => {
    await expect(decodeTensor({ dtype: 'float32', shape: [2], data: base64(new ArrayBuffer(4)) })).rejects.toThrow(
      'shape (2) takes 8 bytes, and it has 4'
    );
  });

  it('says so when the data is no base64', async () => {
    await expect(decodeTensor({ dtype: 'uint8', shape: [1], data: '*not base64*' })).rejects.toThrow('not base64');
  });
});
