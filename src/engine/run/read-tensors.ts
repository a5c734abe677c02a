/** Values off the backend, in arrays that are the reader's own. */
import * as tf from '@tensorflow/tfjs-core';
import { message, MessageError } from '../../messages/message';
import type { ValueId } from '../plan/step';
import type { Values } from '../plan/step';
import type { TensorData } from '../protocol/protocol';

/** @throws Error when the value is not there. */
export async function readTensor(id: ValueId, values: Values): Promise<TensorData> {
  const tensor = values.get(id);
  if (!tensor) {
    throw new MessageError(message('The output of %1 was not kept.', id));
  }
  const data = await tensor.data<'float32'>();
  // WASM gives a copy; the others give the array that they keep, which must not leave with the answer.
  return { shape: tensor.shape, data: tf.getBackend() === 'wasm' ? data : data.slice() };
}

/** Reads those of `ids` that exist. */
export async function readAll(ids: readonly ValueId[], values: Values): Promise<Record<string, TensorData>> {
  const read: Record<string, TensorData> = {};
  for (const id of ids) {
    if (values.has(id)) {
      read[id] = await readTensor(id, values);
    }
  }
  return read;
}
