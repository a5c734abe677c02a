import type { TensorData } from '../../engine/protocol/protocol';
import { contributions, eigenContributions, weighedContributions } from '../../explain/contributions';
import { isChannelSum, isGradientCam } from '../../explain/kinds';
import { sizeOf } from '../../explain/registry';
import type { ModelSummary } from '../../graph/layer-info';
import { tokensAsImage } from '../../graph/token-grid';
import { findLayer } from '../../layers/find-layer';
import { message, MessageError } from '../../messages/message';
import type { EngineRequests } from './engine-requests';
import type { Explained } from './explained';

/**
 * Divides an explanation among the channels: planes (channels, height, width)
 * of what each adds to each cell before the ReLU; a volume's slices lie one under the other.
 *
 * @throws MessageError for a method that does not add channels up.
 */
export async function takeApart(
  { image, layer, method, score, target, run }: Explained,
  model: ModelSummary,
  requests: EngineRequests
): Promise<Float32Array> {
  if (!isChannelSum(method)) {
    throw new MessageError(message('This method does not add channels up, so there are no parts of it to show.'));
  }
  const { activations, gradients } = await requests.run(image, {
    activations: [layer],
    gradients: isGradientCam(method) ? [layer] : [],
    target: typeof target === 'object' && target ? target : (run.targets[0]?.index ?? null),
    score,
    output: run.output
  });
  const tokens = findLayer(model, layer)?.tokens ?? null;
  const imageOf = (tensor: TensorData): TensorData =>
    tokens ? tokensAsImage(tensor.data, tensor.shape, tokens) : tensor;
  const { shape, data } = imageOf(activations[layer]);
  const size = sizeOf(shape);
  const activation = data.subarray(0, size.height * size.width * size.channels);
  if (isGradientCam(method)) {
    return contributions(method, activation, imageOf(gradients[layer]).data.subarray(0, activation.length), size);
  }
  const weights = run.channelWeights?.[layer]?.data;
  return weights ? weighedContributions(activation, weights, size) : eigenContributions(activation, size);
}
