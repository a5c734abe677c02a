import type { TranslationBundle } from '@jupyterlab/translation';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import { placeReader, usualMethod } from '../../session/model/usual-method';
import { METHOD_LABELS } from '../../state/methods';
import { DEFAULT_STATE } from '../../state/vocabulary';

/** Why a view of the layer begins with another method than elsewhere; undefined where it does not. */
export function whyOfPlaces(
  model: ModelSummary | null,
  layer: LayerInfo | null,
  output: string | null,
  trans: TranslationBundle
): string | undefined {
  const usual = model && usualMethod(model, layer, output);
  if (!model || !layer || usual === null || usual === DEFAULT_STATE.method) {
    return undefined;
  }
  return trans.__(
    'At %1 a view begins with %2: %3 behind it reads positions, so that each place counts by itself. %4 averages the gradient over places, and can come out empty or beside the point.',
    layer.id,
    METHOD_LABELS[usual],
    placeReader(model, layer, output) ?? '',
    METHOD_LABELS[DEFAULT_STATE.method]
  );
}
