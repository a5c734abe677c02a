import type { LayerInfo } from '../graph/layer-info';

/** `7×7×1664`; `?` where a size is only known at run time. */
export const formatShape = (shape: readonly (number | null)[]): string => shape.map(n => n ?? '?').join('×');

/**
 * Layers whose name, type or shape holds every word of the query, in the model's order; those that begin with it first.
 */
export function searchLayers(layers: readonly LayerInfo[], query: string): LayerInfo[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [...layers];
  }
  const matches = layers.filter(layer => {
    const text =
      `${layer.id} ${layer.op} ${formatShape(layer.outputShape)} ${layer.outputShape.join('x')}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
  const starts = (layer: LayerInfo): boolean => layer.id.toLowerCase().startsWith(words[0]);
  return [...matches.filter(starts), ...matches.filter(layer => !starts(layer))];
}
