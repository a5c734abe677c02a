import type { LayerInfo, ModelSummary } from '../graph/layer-info';

/**
 * Looks a layer up by id; `conv1/relu` also finds `conv1_relu`, as Keras 2 and 3 spell it,
 * and `conv1` finds `backbone/conv1`, the name within its own model, if no other layer has it.
 */
export function findLayer(model: ModelSummary, id: string): LayerInfo | null {
  const { layers } = model;
  const plain = (name: string): string => name.replaceAll('/', '_');
  const inner = layers.filter(layer => layer.id.endsWith(`/${id}`));
  return (
    layers.find(layer => layer.id === id) ??
    layers.find(layer => plain(layer.id) === plain(id)) ??
    (inner.length === 1 ? inner[0] : null)
  );
}

/** The layer of that name, or else the one that a view of the model begins with; null where there is none. */
export function layerOrDefault(model: ModelSummary, asked: string | null): LayerInfo | null {
  const id = asked !== null && findLayer(model, asked) ? asked : model.defaultLayer;
  return id === null ? firstUnits(model) : findLayer(model, id);
}

/** In a model without layers that have places in the image: the first layer whose units are worth seeing. */
export function firstUnits(model: ModelSummary): LayerInfo | null {
  return model.layers.some(layer => layer.unsupported !== null)
    ? null
    : (model.layers.find(layer => layer.parameters > 0) ?? null);
}
