import type { ModelSummary } from '../graph/layer-info';
import { type Message, message } from '../messages/message';
import { nameDistance, nearestNames } from '../messages/nearest-names';
import { findLayer, layerOrDefault } from './find-layer';

/**
 * Tells that a view asks for a layer that the model has not, with the names that may be meant; null where all is well.
 */
export function missingLayer(model: ModelSummary, asked: string | null): Message | null {
  if (asked === null || findLayer(model, asked)) {
    return null;
  }
  const shown = layerOrDefault(model, asked)?.id ?? null;
  // What is farther from the name than the layer shown is no better guess.
  const farthest = shown === null ? 1 : nameDistance(asked, shown);
  const others = model.layers.map(layer => layer.id).filter(id => id !== shown);
  const near = nearestNames(
    asked,
    others.filter(id => nameDistance(asked, id) <= farthest)
  );
  const advice =
    near.length > 0
      ? message('Did you mean %1?', near.map(name => `“${name}”`).join(', '))
      : message('Pick one in the Layer list; names are those of model.summary().');
  return shown === null
    ? message('%1 has no layer “%2”. %3', model.name, asked, advice)
    : message('%1 has no layer “%2”: “%3” is shown. %4', model.name, asked, shown, advice);
}
