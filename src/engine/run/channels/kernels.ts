/** The kernels of a convolution, as the file has them. */
import { message } from '../../../messages/message';
import type { OpenModel } from '../../model/open-model';
import { RefusalError } from '../../protocol/errors';
import type { TensorData } from '../../protocol/protocol';

/** @returns (rows, columns, input channels, channels), copied */
export function kernelsOf({ graph }: OpenModel, layer: string): TensorData {
  const node = graph.nodes.find(({ id }) => id === layer);
  const kernel = node?.op === 'Conv2D' ? node.weights.kernel : undefined;
  if (!kernel) {
    throw new RefusalError(message('The layer %1 is no convolution of pictures, so it has no kernels to show.', layer));
  }
  return { shape: [...kernel.shape], data: kernel.read().slice() };
}
