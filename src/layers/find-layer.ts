import type { LayerInfo, ModelSummary } from '../graph/layer-info';

/** Looks a layer up by id; `conv1/relu` also finds `conv1_relu`, as Keras 2 and 3 spell it. */
export function findLayer(model: ModelSummary, id: string): LayerInfo | null {
  const plain = (name: string): string => name.replaceAll('/', '_');
  return (
    model.layers.find(layer => layer.id === id) ?? model.layers.find(layer => plain(layer.id) === plain(id)) ?? null
  );
}

/** In a model without layers that have places in the image: the first layer whose units are worth seeing. */
export function firstUnits(model: ModelSummary): LayerInfo | null {
  return model.layers.some(layer => layer.unsupported !== null)
    ? null
    : (model.layers.find(layer => layer.parameters > 0) ?? null);
}
