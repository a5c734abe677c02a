import type { LayerInfo, ModelDescription } from '../../graph/layer-info';
import type { MethodName } from '../../state/view-state';
import { DEFAULT_STATE } from '../../state/vocabulary';

/** Keeps apart what places count for, at heads that read them; docs/decisions/0015 has the figures. */
const OF_PLACES: MethodName = 'hires-cam';

/** Methods that give a channel one weight for all of its places. */
const AVERAGING: ReadonlySet<MethodName> = new Set<MethodName>(['grad-cam', 'grad-cam++', 'xgrad-cam']);

/** The layer behind this one that reads its places on the way to an output (null: the first); null where none does. */
export function placeReader(model: ModelDescription, layer: LayerInfo, output: string | null): string | null {
  return layer.placeReaders[output ?? model.outputs[0]?.name ?? ''] ?? null;
}

/** The method with which a view begins where none is named. */
export function usualMethod(model: ModelDescription, layer: LayerInfo | null, output: string | null): MethodName {
  // Tokens were not measured.
  return layer && layer.tokens === null && placeReader(model, layer, output) !== null
    ? OF_PLACES
    : DEFAULT_STATE.method;
}

/** The method that keeps what this one averages away at a layer; null where it averages nothing that counts. */
export function methodOfPlaces(
  model: ModelDescription,
  layer: LayerInfo,
  output: string | null,
  method: MethodName
): MethodName | null {
  return AVERAGING.has(method) && placeReader(model, layer, output) !== null ? OF_PLACES : null;
}
