import { message } from '../messages/message';
import { decodeBase64 } from './base64';
import { PayloadError } from './parse';
import type { TensorJSON } from './payload';

/** Decodes a float32 or uint8 tensor to float32 values, bit for bit, in C order. Throws {@link PayloadError}. */
export async function decodeTensor(tensor: TensorJSON): Promise<{ shape: number[]; data: Float32Array }> {
  const bytes = await decodeBase64(tensor.data).catch(() => {
    throw new PayloadError(message('a tensor in this output is damaged: its data is not base64'));
  });
  const size = tensor.shape.reduce((product, n) => product * n, 1);
  const expected = size * (tensor.dtype === 'float32' ? 4 : 1);
  if (bytes.length !== expected) {
    throw new PayloadError(
      message(
        'a tensor in this output is damaged: shape (%1) takes %2 bytes, and it has %3',
        tensor.shape.join(', '),
        expected,
        bytes.length
      )
    );
  }
  if (tensor.dtype === 'uint8') {
    return { shape: tensor.shape, data: Float32Array.from(bytes) };
  }
  return { shape: tensor.shape, data: new Float32Array(bytes.buffer) };
}
