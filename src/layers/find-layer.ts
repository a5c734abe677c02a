import type { LayerInfo, ModelSummary } from '../graph/layer-info';

/**
 * Looks a layer up by id; `conv1/relu` also finds `conv1_relu`, as Keras 2 and 3 spell it,
 * and `conv1` finds `backbone/conv1`, the name within its own model, if no other layer has it.
 */
export function findLayer(model: ModelSummary, id: string): LayerInfo | null {
  const { layers } = model;
  const plain = (name: string): string => name.replaceAll('/', '_');
  const found = layers.find(layer => layer.id === id) ?? layers.find(layer => plain(layer.id) === plain(id));
  if (found) {
    return found;
  }
  const inner = layers.filter(layer => layer.id.endsWith(`/${id}`));
  return inner.length === 1 ? inner[0] : null;
}

/** The layer of that name, or else the one that a view of the model begins with; null where there is none. */
export function layerOrDefault(model: ModelSummary, asked: string | null): LayerInfo | null {
  const { defaultLayer } = model;
  return (
    (asked === null ? null : findLayer(model, asked)) ??
    (defaultLayer === null ? firstUnits(model) : findLayer(model, defaultLayer))
  );
}

/** In a model without layers that have places in the image: the first layer whose units are worth seeing. */
export function firstUnits(model: ModelSummary): LayerInfo | null {
  return model.layers.some(layer => layer.unsupported !== null)
    ? null
    : (model.layers.find(layer => layer.parameters > 0) ?? null);
}
