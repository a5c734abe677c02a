import type { AscentFindings } from '../../engine/protocol/ascent';
import type { Target } from '../../explain/names';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import { findLayer } from '../../layers/find-layer';
import type { Explained } from '../../session/model/explained';
import type { Grown } from '../../session/view/ascent-code';

/** What a cell of Keras would make large, where such a cell can be written: null else. */
export function grownOf(
  target: Target | undefined,
  { run }: Pick<Explained, 'run'>,
  model: ModelSummary,
  { isBeforeActivation }: Pick<AscentFindings, 'isBeforeActivation'>
): Grown | null {
  if (typeof target === 'object' && target !== null && 'layer' in target && target.channel !== null && !target.area) {
    const layer = findLayer(model, target.layer);
    return layer && (!isBeforeActivation || hasActivation(layer))
      ? { layer: layer.id, channel: target.channel, isActivationLayer: isActivation(layer) }
      : null;
  }
  const layer = run.output === null ? null : findLayer(model, run.output);
  return typeof target === 'number' && layer && run.outputs[run.output!].shape.length === 2 && hasActivation(layer)
    ? { outputLayer: layer.id, index: target, isActivationLayer: isActivation(layer) }
    : null;
}

const isActivation = ({ family }: LayerInfo): boolean => family === 'activation';
const hasActivation = (layer: LayerInfo): boolean =>
  isActivation(layer) || layer.family === 'convolution' || layer.family === 'dense';
