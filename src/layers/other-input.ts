/** Layers that see another input: of a net with two branches, the way from one to the other. */
import type { LayerInfo } from '../graph/layer-info';

/** A shared layer's calls have one name, but for the number of the call. */
const withoutCall = (id: string): string => id.replace(/@\d+(?=\/|$)/g, '');

/**
 * The layer that does for the input `name` what `layer` does for its own: another call of the same
 * shared layer, else the last that can be explained and sees that input alone; null where there is none.
 */
export function layerOfInput(layers: readonly LayerInfo[], layer: LayerInfo, name: string): LayerInfo | null {
  const own = layers.filter(({ sees }) => sees.length === 1 && sees[0] === name);
  return (
    own.find(({ id }) => withoutCall(id) === withoutCall(layer.id)) ??
    own.filter(({ explainable }) => explainable).at(-1) ??
    null
  );
}
