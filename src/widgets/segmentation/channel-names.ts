import type { SpatialOutput } from '../../classes/spatial-output';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import { findLayer } from '../../layers/find-layer';

/** Names for the channels of the layer that gives a segmentation, or its logits; undefined for other layers. */
export function channelNames(
  model: ModelSummary | null,
  layer: LayerInfo | null,
  output: SpatialOutput | null,
  outputName: string | null,
  name: (index: number) => string
): readonly string[] | undefined {
  const end = model && outputName !== null ? findLayer(model, outputName) : null;
  if (!layer || !end || output?.reading !== 'segmentation' || layer.outputShape.at(-1) !== output.channels) {
    return undefined;
  }
  const isLogits = ['Activation', 'Softmax'].includes(end.op) && end.inputs.includes(layer.id);
  if (layer.id !== end.id && !isLogits) {
    return undefined;
  }
  // One sigmoid unit is that of class 1.
  const first = output.channels === 1 && output.ending === 'sigmoid' ? 1 : 0;
  return Array.from({ length: output.channels }, (_, channel) => name(first + channel));
}
