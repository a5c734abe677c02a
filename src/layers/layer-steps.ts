import type { LayerInfo, ModelSummary } from '../graph/layer-info';

/**
 * The next layer with maps, in the order in which layers run.
 *
 * @param by - 1 for deeper, -1 for shallower; further with larger numbers.
 * @returns The layer itself at the end of the model; null when no layer has maps.
 */
export function layerStep(model: ModelSummary, from: string | null, by: number): LayerInfo | null {
  const layers = layersWithMaps(model);
  const place = from === null ? -1 : model.layers.findIndex(({ id }) => id === from);
  // A layer without maps (a Dense one) stands between two that have them.
  const before = layers.filter(layer => model.layers.indexOf(layer) < place).length;
  const isOne = layers[before]?.id === from;
  const index = isOne ? before + by : by > 0 ? before + by - 1 : before + by;
  return layers[Math.min(layers.length - 1, Math.max(0, index))] ?? null;
}

/** The layers whose output is a picture and that can run: what a scrubber through depth stops at. */
export function layersWithMaps(model: ModelSummary): LayerInfo[] {
  return model.layers.filter(layer => layer.spatial && layer.unsupported === null);
}
